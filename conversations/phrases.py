"""Every sentence that the bot can say to a client, by name.

The English text is the msgid of the catalogues in `locales/`; Dutch is the language of the house.
Words in braces are filled in at the edge: `first_name`, `municipality`, `who` (the person or the
desk that will be in touch), `people` (who is there: `coach` and `consultant`, or the one who is
both) and `day` (by when, or the day that it is about). A text asks one question at the most. A text
that asks for OK or NO asks in each language for that language's own words, never for YES, which the
SMS provider takes itself.
`LANGUAGE_OFFER` and `LANGUAGE_SET` name, in each catalogue, that catalogue's own language.
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
    WELCOME_WHO = "welcome_who"
    WELCOME_WHO_ONE = "welcome_who_one"
    REFUSED = "refused"
    STOPPED = "stopped"
    CHECK_IN = "check_in"
    CHECK_IN_AGAIN = "check_in_again"
    CHECK_IN_ALSO = "check_in_also"
    ANSWER_GOOD = "answer_good"
    ANSWER_SO_SO = "answer_so_so"
    ANSWER_NOT_GOOD = "answer_not_good"
    ANSWER_JOB_LOST = "answer_job_lost"
    THANKS_GOOD = "thanks_good"
    SO_SO = "so_so"
    ALL_RIGHT = "all_right"
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
    PROMISE_ALSO = "promise_also"
    PASSED_ON = "passed_on"
    JOB_LOST = "job_lost"
    JOB_LOST_FACTS = "job_lost_facts"
    CONTRACT_END = "contract_end"
    DEBT_OFFER = "debt_offer"
    DEBT_APPLIED = "debt_applied"
    HELPED = "helped"
    HELPED_YES = "helped_yes"
    HELPED_NO = "helped_no"
    PERSON_WHICH = "person_which"
    PERSON_WORK = "person_work"
    PERSON_OTHER = "person_other"
    YES = "yes"
    NO = "no"
    CHECK_IN_UNCLEAR = "check_in_unclear"
    TOPIC_UNCLEAR = "topic_unclear"
    TOPIC_TO_BE_SURE = "topic_to_be_sure"
    YES_NO_UNCLEAR = "yes_no_unclear"
    UNCLEAR = "unclear"
    PLEASE_TYPE = "please_type"
    HELLO = "hello"
    ABUSE = "abuse"
    WRONG_PERSON = "wrong_person"
    ABOUT_WHOM = "about_whom"
    PAUSED = "paused"
    FORM_ACTIVE = "form_active"
    FORM_PASSIVE = "form_passive"
    LANGUAGE_OFFER = "language_offer"
    LANGUAGE_SET = "language_set"
    LANGUAGE_WHICH = "language_which"
    WORK_CONTACT = "work_contact"
    OTHER_CONTACT = "other_contact"
    EXTENDED = "extended"
    CLOSING_QUESTION = "closing_question"
    CLOSING = "closing"
    CLOSING_OPEN = "closing_open"
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
        "Great, {first_name}! In the coming months we ask you a few times how it is going. "
        "{people} For help sooner: send HELP. To stop: send STOP."
    ),
    Phrase.WELCOME_PASSIVE: (
        "Great, {first_name}! We only write when you ask us something, and once at the end. "
        "{people} For help: send HELP. To stop: send STOP."
    ),
    Phrase.WELCOME_WHO: "For work: {coach}. For other questions: {consultant}.",
    Phrase.WELCOME_WHO_ONE: "For all your questions: {who}.",
    Phrase.REFUSED: "That is fine. We will not send you messages. Good luck with your job!",
    Phrase.STOPPED: (
        "You have stopped. You will get no more messages from us. For help you can call your "
        "municipality."
    ),
    Phrase.CHECK_IN: "Hello {first_name}, how is it going at work?",
    Phrase.CHECK_IN_AGAIN: (
        "Hello {first_name}, I have not heard from you yet. How is it going at work?"
    ),
    Phrase.CHECK_IN_ALSO: "All right. And how is it going at work?",
    Phrase.ANSWER_GOOD: "good",
    Phrase.ANSWER_SO_SO: "so-so",
    Phrase.ANSWER_NOT_GOOD: "not good",
    Phrase.ANSWER_JOB_LOST: "I do not work any more",
    Phrase.THANKS_GOOD: "Good to hear! Keep it up. If you do need help: send HELP.",
    Phrase.SO_SO: (
        "Thank you for being honest. Is there something that we can help with? Reply OK or NO."
    ),
    Phrase.ALL_RIGHT: "All right. If there is something later: send HELP.",
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
    Phrase.PROMISE_ALSO: "{who} will contact you as well, on {day} at the latest.",
    Phrase.PASSED_ON: (
        "I have passed your message on. {who} will contact you, on {day} at the latest."
    ),
    Phrase.JOB_LOST: (
        "I am sorry that your job has ended. {who} will contact you, on {day} at the latest."
    ),
    Phrase.JOB_LOST_FACTS: (
        "Good to know: for a benefit you first apply for WW at UWV, at werk.nl. If you cannot get "
        "that, you can go to your municipality."
    ),
    Phrase.CONTRACT_END: (
        "Hello {first_name}, your contract ends on {day}. Do you want help with finding work? "
        "Reply OK or NO."
    ),
    Phrase.DEBT_OFFER: (
        "That is urgent. Do you want us to sign you up for debt help of your municipality? Then "
        "somebody talks with you within 3 working days. Reply OK or NO."
    ),
    Phrase.DEBT_APPLIED: (
        "I have signed you up for debt help. {who} will contact you, on {day} at the latest."
    ),
    Phrase.HELPED: (
        "Hello {first_name}, you asked us for help. {who} was in touch with you. Did that help "
        "you? Reply OK or NO."
    ),
    Phrase.HELPED_YES: "Good to hear! Then this is done. If there is something later: send HELP.",
    Phrase.HELPED_NO: (
        "Thank you for being honest. We take it up again. {who} will contact you, on {day} at the "
        "latest."
    ),
    Phrase.PERSON_WHICH: "That is possible. What do you want to talk about? Choose one.",
    Phrase.PERSON_WORK: "about work",
    Phrase.PERSON_OTHER: "about something else",
    Phrase.YES: "yes",
    Phrase.NO: "no",
    Phrase.CHECK_IN_UNCLEAR: (
        "I am an automatic service and did not understand that. How is it going at work? Choose "
        "one. For help: send HELP."
    ),
    Phrase.TOPIC_UNCLEAR: "I did not understand that. What is it about? Choose one.",
    Phrase.TOPIC_TO_BE_SURE: "I want to get this right. What is it about? Choose one.",
    Phrase.YES_NO_UNCLEAR: (
        "I am an automatic service and did not understand that. Reply OK or NO. For help: send "
        "HELP."
    ),
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
    Phrase.ABUSE: (
        "I am a computer. You may be angry. To talk to a person: send HELP. To stop: send STOP."
    ),
    Phrase.WRONG_PERSON: (
        "Sorry for the trouble! We do not write to this number any more. You do not have to do "
        "anything."
    ),
    Phrase.ABOUT_WHOM: "More than one person uses this phone. About whom is this? Choose one.",
    Phrase.PAUSED: (
        "That is fine. You will hear from us again from {day} on. For help sooner: send HELP."
    ),
    Phrase.FORM_ACTIVE: (
        "From now on we ask you now and then how it is going. For help sooner: send HELP. To "
        "stop: send STOP."
    ),
    Phrase.FORM_PASSIVE: (
        "From now on we only write when you ask us something, and once at the end. For help: send "
        "HELP. To stop: send STOP."
    ),
    Phrase.LANGUAGE_OFFER: "Shall I write to you in English from now on? Reply OK or NO.",
    Phrase.LANGUAGE_SET: "From now on I write to you in English.",
    Phrase.LANGUAGE_WHICH: "Which language do you want? Choose one.",
    Phrase.WORK_CONTACT: "Hello {first_name}, from now on {who} is there for you about work.",
    Phrase.OTHER_CONTACT: (
        "Hello {first_name}, from now on {who} is there for you about money, home, health and "
        "letters."
    ),
    Phrase.EXTENDED: (
        "Hello {first_name}, as we agreed: we stay in touch longer, until {day}. To stop: send "
        "STOP."
    ),
    Phrase.CLOSING_QUESTION: (
        "Hello {first_name}, our aftercare ends soon. Do you still have work? Reply OK or NO."
    ),
    Phrase.CLOSING: (
        "{first_name}, this is our last message. Thank you for your answers! For help later you "
        "can call your municipality. All the best!"
    ),
    Phrase.CLOSING_OPEN: (
        "{first_name}, this is our last message. Your question is still open: {who} goes on with "
        "it. Thank you for your answers, and all the best!"
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
