"""The feedback's place among the rooms, and what it listens to."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"

    def ready(self) -> None:
        """Follow tracks that become one, say what is held and refused, and let go."""
        from django.core.checks import Tags, register
        from django.db.models.signals import pre_delete

        from accounts.models import User
        from catalog.signals import (
            artists_merged,
            held_out_asked,
            merge_begun,
            refusals_asked,
            tracks_asked,
            tracks_merged,
        )
        from feedback.donation.checks import check_keys_are_there
        from feedback.donation.records import records_forget
        from feedback.merging import (
            donated_follow,
            never_again_follow,
            never_again_hold,
            reactions_follow,
            reactions_held,
            shared_follow,
        )
        from feedback.refusing import refused_among
        from feedback.training.site import held_out_now

        tracks_merged.connect(reactions_follow, dispatch_uid="feedback.follow")
        tracks_merged.connect(shared_follow, dispatch_uid="feedback.shared_follow")
        tracks_merged.connect(donated_follow, dispatch_uid="feedback.donated_follow")
        tracks_merged.connect(never_again_follow, dispatch_uid="feedback.never_tracks")
        artists_merged.connect(
            never_again_follow, dispatch_uid="feedback.never_artists"
        )
        merge_begun.connect(never_again_hold, dispatch_uid="feedback.never_hold")
        refusals_asked.connect(refused_among, dispatch_uid="feedback.refused_among")
        held_out_asked.connect(held_out_now, dispatch_uid="feedback.held_out_now")
        tracks_asked.connect(reactions_held, dispatch_uid="feedback.held")
        register(check_keys_are_there, Tags.database)
        pre_delete.connect(
            records_forget, sender=User, dispatch_uid="feedback.records_forget"
        )
