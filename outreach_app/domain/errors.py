"""What can be wrong with the codes a note is made of."""

from __future__ import annotations

from outreach_app.errors import KnownError
from outreach_app.i18n import N_


class UnknownCodeError(KnownError):
    """A code is not in its list."""

    message = N_("The code {code} is not in the list {list}. Check the spelling, or fetch the newest lists.")


class UnknownIndicatorError(KnownError):
    """An answer names an indicator that the catalogue does not have."""

    message = N_(
        "The field answers names {indicator}, which is not an indicator of the list {profile}. "
        "Check the spelling or the list."
    )


class TextTooLongError(KnownError):
    """A text is longer than anything a worker writes."""

    message = N_("The text in {field} is longer than {limit} letters. Nothing was lost; shorten it or split it.")


class TextNotUsableError(KnownError):
    """A text holds a letter that cannot be kept."""

    message = N_("The text in {field} holds a sign that cannot be kept ({code}). Remove it and try again.")


class NameMissingError(KnownError):
    """A name or code of nothing but blanks."""

    message = N_("The field {field} is empty. Write at least one letter.")


class NumberNotUsableError(KnownError):
    """A number outside of what can be counted."""

    message = N_("The number in {field} must lie between {least} and {most}.")


class TooManyEntriesError(KnownError):
    """A list that is longer than anything a worker picks."""

    message = N_("The field {field} has more than {limit} entries. Keep those that matter.")


class LanguageNotUsableError(KnownError):
    """A language or country that is no code."""

    message = N_("The field {field} holds something that is no code of a language or country.")


class ConsentNotOfferedError(KnownError):
    """Consent above coded was asked for where she could not speak freely."""

    message = N_(
        "She could not speak freely, so only the coded level can be chosen now. Ask again when you are alone with her."
    )


class NoteNotFreeError(ConsentNotOfferedError):
    """A consent was to be kept though the note of that meeting says that she could not speak freely."""

    message = N_(
        "Her last note says that she could not speak freely. When you are alone with her, write a note of that meeting"
        " first; then ask her."
    )


class ConsentTakenBackError(KnownError):
    """A note would send words again to somebody from whom she took them back."""

    message = N_(
        "She took her consent for this back. Choose the coded level, or record her consent anew under Agreed first."
    )


class RecipientMissingError(KnownError):
    """A referral without a recipient."""

    message = N_("A referral needs the one it goes to. Choose a recipient.")


class ViewNeedsReasonError(KnownError):
    """The worker sees the result otherwise, but does not say why."""

    message = N_("You see the result differently. Write in a few words why, so that others can follow you.")


class PointNotShownError(KnownError):
    """A point of consent was ticked that was not shown."""

    message = N_("Read this point to her first; then tick it. Points are ticked one by one.")


class PointsMissingError(KnownError):
    """A consent without all seven points."""

    message = N_("A consent needs all seven points, each read to her and agreed to. Go on with those that are left.")


class PartnerMissingError(KnownError):
    """A partner organisation without a name."""

    message = N_("Write which partner organisation it is. A consent holds for one partner only.")


class ConsentMissingError(KnownError):
    """A referral that she has not agreed to."""

    message = N_(
        "She has not agreed that this recipient gets anything, so no referral was made. Ask her first; for a child who "
        "must be protected, write why it is done without her."
    )


class OnlyForChildrenError(KnownError):
    """A referral without consent of somebody who is not known to be, or maybe to be, under 18."""

    message = N_(
        "Without her consent only a child is referred, and nothing in her notes says that she is or may be under 18. "
        "If she is in danger now, call 112 and write it down as a hand-over in a note."
    )


class HumanChoiceMissingError(KnownError):
    """A referral without a worker's own view of the assessment."""

    message = N_(
        "The program does not decide who is referred. Say first whether you agree with the assessment or see it "
        "differently; then make the referral."
    )


class ReasonWithoutConsentError(KnownError):
    """A child is referred without consent and without a reason."""

    message = N_("Write why this referral is made without her. Nothing was changed.")


class NothingToWithdrawError(KnownError):
    """Nothing was agreed to for this recipient, or it was taken back already."""

    message = N_("There is no agreement for this recipient that could be taken back. Nothing was changed.")


class ViewMissingError(KnownError):
    """A referral with signs, and nobody has said what they make of them."""

    message = N_(
        "Before a referral, say what you make of the signs: agree, or see it differently and say why. "
        "The program decides nothing."
    )


class NoteNeedsReasonError(KnownError):
    """A finished note is amended only with a reason."""

    message = N_("A finished note is amended with a reason. Write in a few words why.")


class IdentityNeedsContactError(KnownError):
    """A name was written down, but nobody it could belong to was chosen."""

    message = N_("A name is kept with a contact. Choose or make a contact first; nothing was lost.")


class ShortNameTakenError(KnownError):
    """Another contact has this short name."""

    message = N_("Another contact is already called that. Choose a name that tells them apart.")


class PlaceCodeTakenError(KnownError):
    """Another place has this code."""

    message = N_("Another place already has the code {code}. Choose another code.")


class MoreUsesThanCountedError(KnownError):
    """The known people used a place more often than was counted."""

    message = N_("The people you know make up {coded} uses, but {uses} were counted. Mend one of the two numbers.")


class MoreTalkedThanMetError(KnownError):
    """More people were talked to than met."""

    message = N_("You talked to {talked_to} people, but met {met}. Mend one of the two numbers.")


class DateNotUsableError(KnownError):
    """A date that cannot be counted with."""

    message = N_("The date in {field} cannot be used. Check the year.")


class SnoozeNeedsReasonError(KnownError):
    """Something due was to be put off without a word why."""

    message = N_("What is due is put off with a reason. Write in a few words why; it stays on this laptop.")


class SnoozeDayError(KnownError):
    """A day to which nothing can be put off."""

    message = N_("Choose a day from tomorrow on, at most {most} days away. Nothing was changed.")


class KeptSearchNameTakenError(KnownError):
    """Two kept searches of one name."""

    message = N_("Another kept search already has this name. Choose a name that tells them apart.")


class NothingToKeepError(KnownError):
    """A search without anything to look for was to be kept."""

    message = N_("Nothing is looked for yet, so there is nothing to keep. Choose a filter or type a word first.")
