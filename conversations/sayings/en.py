"""English."""

from conversations.sayings.ways import Sayings

SAYINGS = Sayings(
    yes="""yes | y | yes please | ok yes | yes ok | yeah | yep | that is fine | fine | sure
        | of course | yes i do | yes thank you | yup | yea | ok please | yes i would""",
    no="""no | no thanks | no thank you | rather not | not needed | no need | no i don't | nah
        | i would rather not""",
    skip="skip | nothing",
    thanks="thanks | thank you | ok thanks | thx | bye | thank you very much | many thanks",
    help="""help | help me | i need help | need help | please help | please help me | help please
        | i want help""",
    good="good | very good | going well | fine | great | all good | it is going well | i'm good",
    so_so="so so | not too bad | not bad | it is ok | okay ish",
    not_good="not good | bad | very bad | not so good | not well | it is not going well",
    job_lost="""i do not work any more | i don't work anymore | i do not work anymore
        | i lost my job | fired | i was fired | no job anymore | i have no job | i got fired""",
    work="work | my work | my boss | about work",
    money="money | debts | debt | money or debts | rent | bills",
    home="home | family | home or family | children | my children",
    health="health | health or how i feel | how i feel | ill | i am ill | sick | i am sick",
    letters="letters | forms | letters and forms | letter | form",
    other="something else | other | about something else",
    numbers="one first | two second | three third | four fourth | five fifth | six sixth",
    around_a_number="option | number | choice | answer | the",
    and_="and | also",
)
