// @ts-check
// The frames of chat/protocol/ as types; nothing here runs but a constant.

export const SUBPROTOCOL = "personalais.v1";

/** @typedef {"like" | "dislike" | "more" | "none"} Reaction */
/** @typedef {"skip" | "played"} Signal */
/** @typedef {"not_for_me" | "wrong_mood" | "unknown" | "overplayed"} Reason */
/** @typedef {"chat" | "player" | "playlist"} Source */
/** @typedef {{kind: string, text: string}} Reason */

/**
 * @typedef {object} Track
 * @property {string} id
 * @property {string} title
 * @property {string[]} artists
 * @property {string | null} album
 * @property {number | null} year
 * @property {number | null} duration_ms
 * @property {string | null} audio_url
 * @property {string | null} cover_url
 * @property {Record<string, string>} links
 * @property {Reason[]} reasons
 * @property {Reaction} reaction
 * @property {Proof | null} [proof] where it is shown with a reply
 * @property {number | null} [valence] from sad (0) to happy (1)
 * @property {number | null} [energy] from calm (0) to energetic (1)
 */

/**
 * @typedef {object} Proof
 * @property {string} line
 * @property {{kind: string, text: string, keeps: boolean | null}[]} facts
 */

/**
 * @typedef {object} Playlist
 * @property {string} id
 * @property {string} title
 * @property {number} version
 * @property {number} duration_ms
 * @property {Track[]} tracks
 * @property {string[]} saved_to
 * @property {boolean} can_undo
 * @property {boolean} [can_redo]
 * @property {string} [description] the listener's words about it
 * @property {Refresh | null} [refresh] null where it isn't refreshed by itself
 */

/**
 * How a list is refreshed by itself, and how the last time ended.
 * @typedef {object} Refresh
 * @property {"day" | "week" | "month"} every
 * @property {number} new_percent
 * @property {number} rest_weeks
 * @property {string} due_at
 * @property {boolean} is_paused
 * @property {{at: string, outcome: "made" | "nothing_new" | "empty" | "failed", added: number, removed: number, is_seen: boolean} | null} last
 */

/**
 * @typedef {object} Change
 * @property {"listener" | "agent"} author
 * @property {string} words
 * @property {string[]} added
 * @property {string[]} removed
 * @property {string[]} moved
 * @property {{text: string, figures: string} | null} [diff]
 */

/**
 * One thing that is taken as given, as a chip.
 * @typedef {object} Constraint
 * @property {string} id
 * @property {string} kind
 * @property {string} label
 * @property {"hard" | "soft"} strength
 * @property {"include" | "exclude"} polarity
 * @property {Strength[]} can what it may be set to
 */
/** @typedef {"hard" | "soft" | "off"} Strength */
/** @typedef {{valence: number, energy: number}} PlanePoint in [0, 1] */
/** @typedef {{low: number | null, high: number | null}} Range null where open */
/**
 * What is asked for in the plane of moods: an area, and a path.
 * @typedef {object} Mood
 * @property {Range | null} valence
 * @property {Range | null} energy
 * @property {{valence: number | null, energy: number | null}[]} path
 */

/** @typedef {{name: string, status: "started" | "done" | "failed", detail: string}} Step */
/** @typedef {"sending" | "unsent" | "queued" | "running" | "done" | "stopped" | "failed" | "interrupted"} Status */
/** @typedef {{conversation: string, seq: number}} Numbered */

/**
 * Work in the background: a playlist on its way to a service.
 * @typedef {object} Job
 * @property {"job"} type
 * @property {string} job
 * @property {string} kind
 * @property {"running" | "waiting" | "done" | "failed"} status
 * @property {number} progress 0 to 1
 * @property {string} detail
 * @property {string | null} playlist
 * @property {string} service
 * @property {string} reason
 * @property {string} url
 */

/**
 * What is never to be heard again: ids of songs in all their versions, names of artists,
 * and ids of songs that have one of these as a guest.
 * @typedef {{tracks: string[], artists: string[], guests: string[]}} Refused
 */

/**
 * @typedef {(
 *   | {type: "hello", protocol: string, user: string, planner: string, never?: Refused}
 *   | Numbered & {type: "message.accepted", id: string | number | null, message: string, text: string, title: string, replaces?: string | null, set_aside?: string[]}
 *   | Numbered & {type: "message.queued", id: string | number | null, message: string, text: string}
 *   | Numbered & {type: "branch.taken_up", id: string | number | null, standing: string[], set_aside: string[]}
 *   | Numbered & {type: "step", message: string} & Step
 *   | Numbered & {type: "message.delta", message: string, text: string}
 *   | Numbered & {type: "tracks", message: string, tracks: Track[], play?: string | null}
 *   | Numbered & {type: "playlist", id?: string | number | null, playlist: Playlist, change: Change}
 *   | Numbered & {type: "constraints", message: string | null, constraints: Constraint[], mood: Mood}
 *   | Numbered & {type: "list.copied", message: string, began: string, title: string, url: string}
 *   | Numbered & {type: "message.done", message: string, stopped: boolean, interrupted?: boolean, suggestions?: string[]}
 *   | {type: "playlist.state", id?: string | number | null, playlist: Playlist}
 *   | {type: "reaction", id?: string | number | null, track: string, value: Reaction}
 *   | {type: "never", id?: string | number | null, track: string | null, artist?: number | null, name: string, tracks: string[], guests: string[], is_on: boolean}
 *   | {type: "conversation.pinned", conversation: string, is_pinned: boolean}
 *   | {type: "conversation.renamed", conversation: string, title: string}
 *   | {type: "conversation.deleted", conversation: string}
 *   | Job
 *   | {type: "conversation.resumed", id?: string | number | null, conversation: string, upto: number}
 *   | {type: "pong", id?: string | number | null}
 *   | {type: "error", id?: string | number | null, code: string, detail: string}
 * )} ServerFrame
 */

/**
 * @typedef {(
 *   | {op: "add", tracks: string[], position?: number, again?: boolean}
 *   | {op: "remove", tracks: string[], places?: number[]}
 *   | {op: "move", track: string, position: number, place?: number}
 *   | {op: "rename", title: string}
 *   | {op: "describe", description: string}
 *   | {op: "clear"}
 * )} Op
 */

/**
 * @typedef {(
 *   | {type: "message.send", id?: string, conversation?: string, text: string}
 *   | {type: "message.edit", id?: string, message: string, text: string}
 *   | {type: "message.stop", id?: string, message: string}
 *   | {type: "reaction.set", id?: string, track: string, value: Reaction | Signal, reason?: Reason, source?: Source, message?: string, conversation?: string}
 *   | {type: "never.set", id?: string, track: string, artist?: number | null, is_on?: boolean}
 *   | {type: "playlist.edit", id?: string, playlist: string, ops: Op[], base?: number}
 *   | {type: "playlist.undo", id?: string, playlist: string, base?: number}
 *   | {type: "playlist.redo", id?: string, playlist: string, base?: number}
 *   | {type: "refresh.seen", id?: string, playlist: string}
 *   | {type: "constraint.set", id?: string, conversation: string, constraint: string, value: Strength, base?: number}
 *   | {type: "mood.set", id?: string, conversation?: string, start: PlanePoint, end?: PlanePoint}
 *   | {type: "conversation.resume", id?: string, conversation: string, after: number}
 *   | {type: "ping", id?: string}
 * )} ClientFrame
 */

/**
 * One message and its reply. `key` stays the same from the moment of sending on, so
 * that the page keeps its element; `id` comes with the server's acceptance.
 * @typedef {object} Turn
 * @property {string} key
 * @property {string | null} id
 * @property {string} text
 * @property {string} reply
 * @property {Status} status
 * @property {Track[]} tracks
 * @property {Step[]} steps
 * @property {boolean} has_earlier it took the place of one that is kept to be read
 * @property {string[]} suggestions requests that fit next; shown while the turn is the last
 */

/**
 * chat/transcript.py's Snapshot.
 * @typedef {object} Snapshot
 * @property {string} conversation
 * @property {string} title
 * @property {number} seq
 * @property {(Omit<Turn, "key" | "id"> & {id: string})[]} messages
 * @property {{id: string, text: string} | null} [waiting] what waits for a reply's end
 * @property {Playlist | null} playlist
 * @property {Constraint[]} [constraints]
 * @property {Mood} [mood]
 * @property {number} [first] the place of the first message that is drawn at once
 */
