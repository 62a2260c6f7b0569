"""Every sentence that the bot can say to a client, by name.

The English text is the msgid of the catalogues in `locales/`; Dutch is the language of the house.
Words in braces are filled in at the edge: `first_name`, `municipality`, `who` (the person or the
desk that will be in touch) and `day` (by when). A text asks one question at the most.
"""

from enum import StrEnum

from conversations import numbers


class Phrase(StrEnum):
    """The name of a sentence; what is stored and tested, whatever the language."""

    INVITATION = "invitation"
    INVITATION_AGAIN = "invitation_again"
    CONSENT_UNCLEAR = "consent_unclear"
    WELCOME = "welcome"
    WELCOME_PASSIVE = "welcome_passive"
    REFUSED = "refused"
    STOPPED = "stopped"
    CHECK_IN = "check_in"
    ANSWER_GOOD = "answer_good"
    ANSWER_SO_SO = "answer_so_so"
    ANSWER_NOT_GOOD = "answer_not_good"
    ANSWER_JOB_LOST = "answer_job_lost"
    THANKS_GOOD = "thanks_good"
    THANKS_SO_SO = "thanks_so_so"
    WHAT_ABOUT = "what_about"
    WHAT_ABOUT_CALL = "what_about_call"
    TOPIC_WORK = "topic_work"
    TOPIC_MONEY = "topic_money"
    TOPIC_HOME = "topic_home"
    TOPIC_HEALTH = "topic_health"
    TOPIC_LETTERS = "topic_letters"
    TOPIC_OTHER = "topic_other"
    OWN_WORDS = "own_words"
    RATHER_NOT = "rather_not"
    PROMISE = "promise"
    PASSED_ON = "passed_on"
    JOB_LOST = "job_lost"
    YES = "yes"
    NO = "no"
    CHECK_IN_UNCLEAR = "check_in_unclear"
    TOPIC_UNCLEAR = "topic_unclear"
    UNCLEAR = "unclear"
    PLEASE_TYPE = "please_type"
    HELLO = "hello"
    CLOSING = "closing"
    DANGER_SUICIDE = "danger_suicide"
    DANGER_VIOLENCE = "danger_violence"
    DANGER_EMERGENCY = "danger_emergency"
    STRANGER = "stranger"
    LINK_SPENT = "link_spent"
    SOMEBODY = "somebody"
    NAMED = "named"


TEXT: dict[Phrase, str] = {
    Phrase.INVITATION: (
        "Hello {first_name}, congratulations on your new job! We are the aftercare of the "
        "municipality of {municipality}. This is an automatic message. Now and then we ask how "
        "you are doing, and we look for help if something is wrong. You can always stop: send "
        "STOP. Shall we do this? Reply OK or NO."
    ),
    Phrase.INVITATION_AGAIN: (
        "Hello {first_name}, we asked you a few days ago: may we send you a message now and then "
        "to ask how you are doing? This is an automatic message of the municipality of "
        "{municipality}. Reply OK or NO."
    ),
    Phrase.CONSENT_UNCLEAR: (
        "I am an automatic service and did not understand that. May we send you a message now "
        "and then to ask how you are doing? Reply OK or NO."
    ),
    Phrase.WELCOME: (
        "Great, {first_name}! Now and then you will get a short message from us. For help "
        "sooner: send HELP. To stop: send STOP."
    ),
    Phrase.WELCOME_PASSIVE: (
        "Great, {first_name}! We will not write to you by ourselves. For help, at any time: "
        "send HELP. To stop: send STOP."
    ),
    Phrase.REFUSED: "That is fine. We will not send you messages. Good luck with your job!",
    Phrase.STOPPED: (
        "You have stopped. You will get no more messages from us. For help you can call your "
        "municipality."
    ),
    Phrase.CHECK_IN: "Hello {first_name}, how is it going at work?",
    Phrase.ANSWER_GOOD: "good",
    Phrase.ANSWER_SO_SO: "so-so",
    Phrase.ANSWER_NOT_GOOD: "not good",
    Phrase.ANSWER_JOB_LOST: "I do not work any more",
    Phrase.THANKS_GOOD: "Good to hear! Keep it up. If you do need help: send HELP.",
    Phrase.THANKS_SO_SO: ("Thank you, I have written that down. To talk to somebody: send HELP."),
    Phrase.WHAT_ABOUT: "I am sorry to hear that. What is it about?",
    Phrase.WHAT_ABOUT_CALL: "Good that you ask. What is it about?",
    Phrase.TOPIC_WORK: "work",
    Phrase.TOPIC_MONEY: "money or debts",
    Phrase.TOPIC_HOME: "home or family",
    Phrase.TOPIC_HEALTH: "health or how I feel",
    Phrase.TOPIC_LETTERS: "letters and forms",
    Phrase.TOPIC_OTHER: "something else",
    Phrase.OWN_WORDS: (
        "Would you tell a little more, in your own words? Then we can help you better. You do "
        "not have to: send NO."
    ),
    Phrase.RATHER_NOT: "rather not",
    Phrase.PROMISE: "Thank you. {who} will contact you, on {day} at the latest.",
    Phrase.PASSED_ON: (
        "I have passed your message on. {who} will contact you, on {day} at the latest."
    ),
    Phrase.JOB_LOST: (
        "I am sorry that your job has ended. {who} will contact you, on {day} at the latest. "
        "Good to know: for a benefit you first apply for WW at UWV, at werk.nl. If you cannot "
        "get that, you can go to your municipality."
    ),
    Phrase.YES: "yes",
    Phrase.NO: "no",
    Phrase.CHECK_IN_UNCLEAR: (
        "I am an automatic service and did not understand that. How is it going at work? Choose "
        "one. For help: send HELP."
    ),
    Phrase.TOPIC_UNCLEAR: "I did not understand that. What is it about? Choose one.",
    Phrase.UNCLEAR: (
        "I am an automatic service and did not understand that. For help: send HELP. To stop: "
        "send STOP."
    ),
    Phrase.PLEASE_TYPE: (
        "I cannot look at pictures or listen to sound. Please type it. For help: send HELP."
    ),
    Phrase.HELLO: (
        "Hello {first_name}! I am the automatic aftercare of the municipality of {municipality}. "
        "For help: send HELP. To stop: send STOP."
    ),
    Phrase.CLOSING: (
        "Hello {first_name}, half a year has passed. This was our last message. Thank you for "
        "your answers! What you asked us, we go on with until it is solved. All the best!"
    ),
    Phrase.DANGER_SUICIDE: (
        f"Call {numbers.SUICIDE_PREVENTION} now, free, day and night, or chat at "
        f"{numbers.SUICIDE_PREVENTION_CHAT}. If life is in danger: call "
        f"{numbers.EMERGENCY}. I am a computer, but people are there for you. {{who}} will contact "
        "you, on {day} at the latest."
    ),
    Phrase.DANGER_VIOLENCE: (
        f"If you are in danger now: call {numbers.EMERGENCY}. For advice, day and night and free: "
        f"{numbers.SAFE_HOME}. I am a computer. {{who}} will contact you, on {{day}} at the latest."
    ),
    Phrase.DANGER_EMERGENCY: (
        f"Call {numbers.EMERGENCY} now. I am a computer and cannot send help. {{who}} will contact "
        "you, on {day} at the latest."
    ),
    Phrase.STRANGER: (
        "This is an automatic number for aftercare. I do not know your number, so I cannot help "
        "you and keep nothing of your message. Call your municipality. In danger: call "
        f"{numbers.EMERGENCY}."
    ),
    Phrase.LINK_SPENT: (
        "This link does not work any more. Ask your consultant for a new one. I keep nothing of "
        "your message."
    ),
    Phrase.SOMEBODY: "Somebody of {organisation} ({title})",
    Phrase.NAMED: "{name} of {organisation} ({title})",
}
