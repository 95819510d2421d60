"""What ./bin/test says of words that nobody marked, or that were translated badly."""

import pytest
from babel.messages.catalog import Message
from django.core.management import CommandError, call_command

from personalais import translations
from personalais.translations import fault_of
from personalais.unmarked import unmarked_in_script, unmarked_in_template


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Some words</p>", ["Some words"]),
        ('<p>{% translate "Some words" %}</p>', []),
        ("{% blocktranslate %}Some {{ x }} words{% endblocktranslate %}", []),
        ("{% comment %}Some words{% endcomment %}", []),
        ('<a title="Some words" class="some"></a>', ["Some words"]),
        ('<a aria-label="{% translate "Some words" %}"></a>', []),
        ('{{ title|default:"Untitled" }}', ["Untitled"]),
        ('{{ title|default:_("Untitled") }} · PersonalAIs', []),
        ('{% include "_x.html" with submit="Send" name="play" %}', ["Send"]),
        ('<q lang="en">Some words</q> or more', ["or more"]),
        ("<kbd>Shift</kbd> <code>some words</code>", []),
        ("{% block body_class %}plain{% endblock %}", []),
    ],
)
def test_unmarked_words_of_templates_are_found(source, found):
    assert unmarked_in_template(source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('say = "Some words";', ["Some words"]),
        ("say = `“${title}” went`;", ["“${title}” went"]),
        ('say = gettext("Some words");', []),
        ('say = ngettext("One song", "Many songs", n);', []),
        ('throw new Error("Some words");', []),
        ("// Some `Quoted words` here", []),
    ],
)
def test_unmarked_words_of_scripts_are_found(source, found):
    assert unmarked_in_script(source) == found


@pytest.mark.parametrize(
    ("words", "told", "fault"),
    [
        ("Hello %(name)s", "Γεια, %(name)s", ""),
        ("Hello %(name)s", "", "is not translated"),
        ("Hello %(name)s", "Γεια", "has other places"),
        ("Hello", "Γεια, %(name)s", "has other places"),
        ('<a href="%(url)s">Go</a>', '<a href="%(url)s">Πάμε', "has other places"),
        (("%(n)s song", "%(n)s songs"), ("Ένα", "%(n)s τραγούδια"), ""),
        (("%(n)s song", "%(n)s songs"), ("%(n)s", "Πολλά"), "has other places"),
        (("%(n)s song", "%(n)s songs"), ("%(n)s", ""), "is not translated"),
    ],
)
def test_faults_of_translations_are_told(words, told, fault):
    found = fault_of(Message(words, told))

    assert found.startswith(fault)
    assert bool(found) == bool(fault)


def test_words_marked_fuzzy_are_told():
    message = Message("Hello", "Γεια", flags=["fuzzy"])

    assert fault_of(message) == "is marked fuzzy"


def test_new_words_come_into_the_catalogs_and_are_asked_for(
    tmp_path, monkeypatch, capsys
):
    """The command from nothing: it writes catalogs, and says what they lack."""
    for folder in ("templates", "static/js"):
        (tmp_path / folder).mkdir(parents=True)
    page = tmp_path / "templates" / "page.html"
    page.write_text('{% translate "Hello" %}')
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    translations.found_words.cache_clear()

    with pytest.raises(CommandError):
        call_command("words", check=True)
    assert not (tmp_path / "locale").exists()
    with pytest.raises(CommandError):
        call_command("words")

    po = tmp_path / "locale" / "el" / "LC_MESSAGES" / "django.po"
    assert "#: templates/page.html" in po.read_text()
    assert "'Hello' is not translated" in capsys.readouterr().err
    filled = po.read_text().replace('"Hello"\nmsgstr ""', '"Hello"\nmsgstr "Γεια"')
    po.write_text(filled)
    assert not list(translations.faults("el", "djangojs"))
    assert [
        fault.split(" ", 1)[1] for fault in translations.faults("el", "django")
    ] == [f"is not {po.relative_to(tmp_path)}: run manage.py words"]
    translations.found_words.cache_clear()
