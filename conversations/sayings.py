"""How people say the few things that need no guessing: yes, no, thanks, help, a choice's name.

By language, ways parted by bars. Words alone; what they are held against is made equal first
(`conversations.understanding.answers.key`), so case, accents and punctuation do not matter. A way
may stand in one list only, but for "good", which in some languages also means "yes".
"""

from collections.abc import Mapping

from conversations.words import Answer, Topic

Ways = Mapping[str, str]

YES: Ways = {
    "nl": """ja | jaa | jaaa | j | jep | ja graag | jazeker | ja hoor | ja hoor graag | ja is goed
        | ja prima | ja dat is goed | dat is goed | is goed | prima | oke | ok | okay | ja oke
        | ja ok | graag | zeker | ja dat wil ik | dat wil ik | ja doe maar | doe maar | ja zeker
        | tuurlijk | natuurlijk | ja natuurlijk | ja aub | klopt | ja klopt""",
    "en": """yes | y | yes please | ok yes | yes ok | yeah | yep | that is fine | fine | sure
        | of course | yes i do | yes thank you""",
    "ar": "نعم | ايوه | ايوا | اي | اجل | تمام | موافق | طيب | اوكي | ماشي | حسنا | نعم من فضلك"
    " | نعم شكرا | aywa | aiwa | naam",
    "ti": "እወ | ሕራይ | ኦኬ | እወ በጃኹም | እወ የቐንየለይ | ewe",
    "tr": "evet | tamam | olur | tabii | tabi | peki | elbette | evet lütfen",
    "fa": "بله | بلی | آره | باشه | حتما | اوکی | بله لطفا | بله ممنون | bale",
    "so": "haa | haye | haa fadlan | waan rabaa | hubaal",
    "uk": "так | ага | гаразд | згоден | згодна | так будь ласка | звичайно | так дякую",
    "pl": "tak | zgoda | jasne | pewnie | oczywiście | tak proszę | tak poproszę",
}
NO: Ways = {
    "nl": """nee | neen | n | nee bedankt | nee dank je | nee dank u | nee dankjewel | nee hoor
        | nee liever niet | liever niet | niet | nee niet | nee nu niet | nee nee | hoeft niet
        | nee hoeft niet | niet nodig | nee niet nodig | nope""",
    "en": "no | no thanks | no thank you | rather not | not needed | no need",
    "ar": "لا | لا شكرا | كلا | لا اريد | ما بدي | مو لازم | مش لازم | la shukran",
    "ti": "ኣይ | ኣይፋል | ኣይፋልን | ኣይኮነን | ኣይደልን | ኣይደልን እየ | ኣይኮነን የቐንየለይ",
    "tr": "hayır | hayir | yok | istemiyorum | olmaz | gerek yok | hayır teşekkürler",
    "fa": "نه | خیر | نه ممنون | نه مرسی | نمی‌خواهم | نمیخوام | لازم نیست",
    "so": "maya | may | ma rabo | maya mahadsanid",
    "uk": "ні | ні дякую | не треба | не хочу",
    "pl": "nie | nie dziękuję | nie chcę | nie trzeba",
}
SKIP: Ways = {
    "nl": "overslaan | niks | niets | geen zin",
    "en": "skip | nothing",
    "ar": "لا شيء",
    "ti": "ምንም",
    "tr": "hiçbir şey | geç",
    "fa": "هیچی | هیچ",
    "so": "waxba",
    "uk": "нічого",
    "pl": "nic",
}
THANKS: Ways = {
    "nl": """dank | dank je | dank u | dank je wel | dank u wel | dankje | dankjewel | dankuwel
        | bedankt | oke bedankt | ok bedankt | oke dank je | ok dank je | top | super | fijn | mooi
        | heel erg bedankt | hartelijk dank | top bedankt | super bedankt | tot ziens | doei
        | bedankt hoor | dankjewel hoor | dank je wel hoor | fijn bedankt""",
    "en": "thanks | thank you | ok thanks | thx | bye | thank you very much | many thanks",
    "ar": "شكرا | شكرا لك | شكرا لكم | شكرا جزيلا | مشكور | مشكورين | يعطيك العافية | shukran",
    "ti": "የቐንየለይ | የቐንየልና | ብዙሕ የቐንየለይ | yekenyeley",
    "tr": "teşekkürler | teşekkür ederim | çok teşekkürler | sağol | sağ ol | sağolun | eyvallah",
    "fa": "ممنون | ممنونم | خیلی ممنون | مرسی | متشکرم | تشکر | سپاس | دستت درد نکند",
    "so": "mahadsanid | waad mahadsan tahay | aad baad u mahadsan tahay",
    "uk": "дякую | дуже дякую | дякую вам | щиро дякую | спасибі | спасибо",
    "pl": "dziękuję | dzięki | dziękuję bardzo | bardzo dziękuję | dzieki",
}
HELP: Ways = {
    "nl": """hulp | help mij | ik heb hulp nodig | ik wil hulp | hulp nodig | hulp graag
        | graag hulp | hulp aub | ik zoek hulp""",
    "en": "help | help me | i need help | need help | please help | please help me",
    "ar": "مساعدة | ساعدوني | ساعدني | احتاج مساعدة | اريد مساعدة | محتاج مساعدة | بدي مساعدة",
    "ti": "ሓገዝ | ሓግዙኒ | ሓገዝ የድልየኒ | ሓገዝ እደሊ",
    "tr": "yardım | yardım edin | yardım istiyorum | yardıma ihtiyacım var | yardım lazım",
    "fa": "کمک | کمک کنید | کمکم کنید | کمک می‌خواهم | کمک لازم دارم | به کمک نیاز دارم",
    "so": "caawimaad | caawimo | i caawi | caawi | waxaan u baahanahay caawimaad",
    "uk": "допомога | допоможіть | мені потрібна допомога | потрібна допомога",
    "pl": "pomoc | pomocy | pomóżcie | potrzebuję pomocy | proszę o pomoc",
}
ANSWERS: Mapping[Answer, Ways] = {
    Answer.GOOD: {
        "nl": """goed | heel goed | gaat goed | het gaat goed | goed hoor | prima | het gaat prima
            | gaat prima | alles goed | super | top | fijn | mooi | perfect | uitstekend | lekker
            | gaat lekker | het gaat heel goed | het gaat goed hoor | gaat goed hoor | alles prima
            | helemaal goed | goed bedankt | goed dank je""",
        "en": "good | very good | going well | fine | great | all good | it is going well",
        "ar": "جيد | بخير | الحمد لله | الحمدلله | تمام | كويس | منيح | ممتاز | كل شيء جيد",
        "ti": "ጽቡቕ | ጽቡቕ ኣሎ | ደሓን | ብጣዕሚ ጽቡቕ",
        "tr": "iyi | çok iyi | iyiyim | güzel | harika | iyi gidiyor",
        "fa": "خوب | خوبم | خوبه | خوب است | عالی | خیلی خوب",
        "so": "fiican | waa fiican | si fiican | wanaagsan | aad u fiican",
        "uk": "добре | все добре | чудово | нормально | дуже добре",
        "pl": "dobrze | wszystko dobrze | świetnie | bardzo dobrze | w porządku",
    },
    Answer.SO_SO: {
        "nl": """gaat wel | het gaat wel | gaat wel hoor | matig | gaat | het gaat | mwah | mwoah
            | zo zo | gaat wel redelijk | redelijk""",
        "en": "so so | not too bad | not bad | it is ok | okay ish",
        "ar": "نص نص | لا باس | مقبول | يعني | وسط",
        "ti": "ማእከላይ | ዘይከፍእ",
        "tr": "şöyle böyle | idare eder | eh işte | fena değil",
        "fa": "بد نیست | نه خوب نه بد | متوسط | معمولی",
        "so": "waa dhexdhexaad | caadi | dhexdhexaad",
        "uk": "так собі | більш менш | потихеньку | непогано",
        "pl": "tak sobie | może być | średnio | jako tako",
    },
    Answer.NOT_GOOD: {
        "nl": """niet goed | het gaat niet goed | gaat niet goed | niet zo goed | slecht
            | het gaat niet zo goed | heel slecht | het gaat slecht | gaat slecht | niet lekker
            | gaat niet zo goed | kut | klote""",
        "en": "not good | bad | very bad | not so good | not well",
        "ar": "سيء | سيئ | ليس جيدا | غير جيد | ليس بخير | مو منيح | مش كويس | مو تمام",
        "ti": "ጽቡቕ ኣይኮነን | ሕማቕ | ኣይጽቡቕን",
        "tr": "iyi değil | kötü | çok kötü | iyi gitmiyor",
        "fa": "خوب نیست | خوب نیستم | بد | بده | خیلی بد",
        "so": "ma fiicna | xun | waa xun | si fiican ma aha",
        "uk": "погано | не добре | недобре | зле | дуже погано",
        "pl": "źle | niedobrze | nie jest dobrze | niezbyt dobrze | słabo",
    },
    Answer.JOB_LOST: {
        "nl": """ik werk niet meer | werk niet meer | ik ben ontslagen | ontslagen | geen werk meer
            | ik heb geen werk meer | ik ben mijn baan kwijt | baan kwijt | contract gestopt
            | ik ben mn baan kwijt | ik ben mijn werk kwijt | werkloos | ik ben werkloos""",
        "en": """i do not work any more | i don't work anymore | i lost my job | fired
            | i was fired | no job anymore | i have no job""",
        "ar": "لا اعمل | لم اعد اعمل | فقدت عملي | ما عم اشتغل | طردوني من العمل | بدون عمل",
        "ti": "ስራሕ የብለይን | ስራሕ ኣቋሪጸ | ካብ ስራሕ ተባሪረ",
        "tr": "artık çalışmıyorum | işten çıkarıldım | işimi kaybettim | işsizim",
        "fa": "دیگر کار نمی‌کنم | دیگه کار نمیکنم | اخراج شدم | بیکار شدم | بیکارم",
        "so": "ma shaqeeyo hadda | shaqada waa la iga eryay | shaqadii waan waayay",
        "uk": "я більше не працюю | мене звільнили | я втратив роботу | я втратила роботу",
        "pl": "już nie pracuję | zwolnili mnie | straciłem pracę | straciłam pracę",
    },
}
TOPICS: Mapping[Topic, Ways] = {
    Topic.WORK: {
        "nl": "werk | mijn werk | op het werk | baas | mijn baas | over werk",
        "en": "work | my work | my boss | about work",
        "ar": "عمل | العمل | شغل | الشغل | عملي",
        "ti": "ስራሕ | ስራሐይ",
        "tr": "iş | işim | iş yeri",
        "fa": "کار | کارم | محل کار",
        "so": "shaqo | shaqada | shaqadayda",
        "uk": "робота | моя робота | на роботі",
        "pl": "praca | moja praca | w pracy",
    },
    Topic.MONEY: {
        "nl": """geld | schulden | schuld | geld of schulden | geldzaken | huur | de huur
            | rekeningen | geldproblemen | toeslagen""",
        "en": "money | debts | debt | money or debts | rent | bills",
        "ar": "مال | المال | فلوس | ديون | نقود | ايجار | مال او ديون",
        "ti": "ገንዘብ | ዕዳ | ክራይ",
        "tr": "para | borç | borçlar | kira | para veya borç",
        "fa": "پول | بدهی | قرض | اجاره",
        "so": "lacag | deyn | kiro | kirada",
        "uk": "гроші | борги | борг | оренда | гроші або борги",
        "pl": "pieniądze | długi | dług | czynsz | pieniądze lub długi",
    },
    Topic.HOME: {
        "nl": "thuis | familie | thuis of familie | gezin | kinderen | mijn kinderen | huis",
        "en": "home | family | home or family | children | my children",
        "ar": "بيت | البيت | عائلة | العائلة | اطفال | اولادي",
        "ti": "ገዛ | ቤት | ስድራቤት | ቆልዑ",
        "tr": "ev | aile | çocuklar | ailem",
        "fa": "خانه | خانواده | بچه‌ها",
        "so": "guri | guriga | qoys | qoyska | carruur",
        "uk": "дім | вдома | сім'я | родина | діти",
        "pl": "dom | rodzina | dzieci | w domu",
    },
    Topic.HEALTH: {
        "nl": """gezondheid | gezondheid of hoe ik me voel | hoe ik me voel | ziek | ik ben ziek
            | stress""",
        "en": "health | health or how i feel | how i feel | ill | i am ill | sick | i am sick",
        "ar": "صحة | الصحة | صحتي | مريض | مريضة | انا مريض",
        "ti": "ጥዕና | ሕማም | ሓሚመ",
        "tr": "sağlık | hasta | hastayım | stres",
        "fa": "سلامت | سلامتی | مریض | مریضم",
        "so": "caafimaad | caafimaadka | xanuun",
        "uk": "здоров'я | хворий | хвора | стрес",
        "pl": "zdrowie | chory | chora | jestem chory | jestem chora | stres",
    },
    Topic.LETTERS: {
        "nl": "brieven | formulieren | brieven en formulieren | brief | formulier | digid",
        "en": "letters | forms | letters and forms | letter | form",
        "ar": "رسائل | رسالة | الرسائل | اوراق | نماذج",
        "ti": "ደብዳቤ | ደብዳቤታት | ቅጥዕታት",
        "tr": "mektup | mektuplar | formlar | mektuplar ve formlar",
        "fa": "نامه | نامه‌ها | فرم | فرم‌ها",
        "so": "warqad | warqado | foomam",
        "uk": "листи | лист | документи | форми",
        "pl": "listy | list | formularze | pisma",
    },
    Topic.OTHER: {
        "nl": "iets anders | anders | wat anders | over iets anders",
        "en": "something else | other | about something else",
        "ar": "شيء اخر | غير ذلك",
        "ti": "ካልእ",
        "tr": "başka bir şey | diğer | başka",
        "fa": "چیز دیگر | چیز دیگری",
        "so": "wax kale",
        "uk": "щось інше | інше",
        "pl": "coś innego | inne",
    },
}
NUMBERS: Ways = {
    "nl": "een eerste | twee tweede | drie derde | vier vierde | vijf vijfde | zes zesde",
    "en": "one first | two second | three third | four fourth | five fifth | six sixth",
    "ar": "واحد الاول | اثنان اثنين الثاني | ثلاثة ثلاث | اربعة اربع | خمسة خمس | ستة ست",
    "ti": "ሓደ | ክልተ | ሰለስተ | ኣርባዕተ | ሓሙሽተ | ሽዱሽተ",
    "tr": "bir | iki | üç | dört | beş | altı",
    "fa": "یک | دو | سه | چهار | پنج | شش",
    "so": "kow hal mid | laba | saddex | afar | shan | lix",
    "uk": "один одна | два | три | чотири | п'ять | шість",
    "pl": "jeden jedna | dwa | trzy | cztery | pięć | sześć",
}
"""From one on; several names of a number stand side by side."""

AROUND_A_NUMBER: Ways = {
    "nl": "optie | nummer | nr | keuze | antwoord | de",
    "en": "option | number | choice | answer | the",
    "ar": "رقم | الرقم | خيار",
    "ti": "ቁጽሪ",
    "tr": "seçenek | numara",
    "fa": "شماره | گزینه",
    "so": "lambarka",
    "uk": "номер | варіант",
    "pl": "numer | opcja",
}
AND: Ways = {
    "nl": "en | en ook | ook",
    "en": "and | also",
    "ar": "و",
    "ti": "ን",
    "tr": "ve",
    "fa": "و | هم",
    "so": "iyo",
    "uk": "і | й | та",
    "pl": "i | oraz",
}
