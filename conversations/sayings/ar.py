"""Arabic: as it is written, in the dialects of Syria, Iraq, Egypt and Morocco, and in Latin letters
("na3am"). A native speaker must review it."""

from conversations.sayings.ways import Sayings

SAYINGS = Sayings(
    yes="""نعم | ايوه | ايوا | ايوة | اي | اجل | تمام | موافق | موافقة | طيب | اوكي | اوك | ماشي
        | حسنا | بلى | نعم من فضلك | نعم شكرا | نعم اريد | نعم موافق | اي نعم | اكيد | طبعا | واخا
        | aywa | aiwa | eywa | ewa | aywah | naam | na3am | na3m | tayeb | tayyib | mashi | akid
        | wakha | aywa shukran | naam shukran""",
    no="""لا | لا شكرا | كلا | لا اريد | ما بدي | مو لازم | مش لازم | لا ما بدي | لا مو لازم
        | ما اريد | مش عايز | مش عايزة | ماشي لازم | لا داعي | لا ما في داعي
        | la | laa | la2 | lla | la shukran | ma biddi | ma bidi""",
    skip="لا شيء | ولا شي | ما في شي",
    thanks="""شكرا | شكرا لك | شكرا لكم | شكرا جزيلا | مشكور | مشكورين | يعطيك العافية | شكرا كثير
        | الف شكر | shukran | choukran | shokran""",
    help="""مساعدة | المساعدة | ساعدوني | ساعدني | احتاج مساعدة | احتاج الى مساعدة | اريد مساعدة
        | محتاج مساعدة | محتاجة مساعدة | بدي مساعدة | عاوز مساعدة | بغيت مساعدة | عاونوني
        | musa3ada | mosa3ada | musaada | sa3iduni | sa3duni""",
    good="""جيد | بخير | الحمد لله | الحمدلله | تمام | كويس | منيح | ممتاز | كل شيء جيد | جيدا
        | جيد جدا | كتير منيح | كل شي تمام | زين | مزيان | لا باس الحمد لله | انا بخير
        | mnih | mni7 | mneeh | kwayes | kwayyes | bikhair | bkhir | mezyan | hamdulillah
        | alhamdulillah | elhamdulillah | hamdulilah""",
    so_so="""نص نص | لا باس | مقبول | يعني | وسط | متوسط | عادي | مو بطال | شوي شوي
        | nos nos | noss noss | nus nus | ya3ni | 3adi""",
    not_good="""سيء | سيئ | سيئة | ليس جيدا | غير جيد | ليس بخير | مو منيح | مش كويس | مو تمام
        | مو زين | ماشي مزيان | مش تمام | مش منيح | سيء جدا
        | mo mnih | mu mnih | mish kwayes | mesh kwayes | mish mnih""",
    job_lost="""لا اعمل | لم اعد اعمل | فقدت عملي | ما عم اشتغل | طردوني من العمل | بدون عمل
        | ما عندي شغل | ليس لدي عمل | تركت العمل | انطردت من الشغل | خسرت عملي | بلا عمل
        | عاطل عن العمل | بلا شغل | bala shughl | ma 3indi shughl""",
    work="""عمل | العمل | شغل | الشغل | عملي | شغلي | عن العمل | مدير العمل | الخدمة
        | shughl | shoghl | 3amal | khedma""",
    money="""مال | المال | فلوس | ديون | نقود | ايجار | مال او ديون | المال او الديون | الديون
        | دين | مصاري | مصاري او ديون | الايجار | فواتير | flous | floos | masari | masary
        | dyoun""",
    home="""بيت | البيت | عائلة | العائلة | اطفال | اولادي | البيت او العائلة | بيت او عائلة
        | الاولاد | عائلتي | زوجتي | زوجي | bayt | beit | 3aila | awlad""",
    health="""صحة | الصحة | صحتي | مريض | مريضة | انا مريض | انا مريضة | صحتي او نفسيتي | نفسيتي
        | نفسية | الصحة النفسية | نفسيتي تعبانة | si7a | sa7a | marid | mareed""",
    letters="""رسائل | رسالة | الرسائل | اوراق | نماذج | رسائل واوراق رسمية | اوراق رسمية
        | الاوراق الرسمية | استمارات | استمارة | بريد | rasael | rasa2il | awraq""",
    other="""شيء اخر | غير ذلك | عن شيء اخر | شي تاني | شي ثاني | غير شي | حاجة اخرى
        | shi tani | shi thani""",
    numbers="""واحد الاول wahed wa7ed | اثنان اثنين الثاني تنين itnen tnin
        | ثلاثة ثلاث تلاتة الثالث tlata talata | اربعة اربع الرابع arba3a
        | خمسة خمس الخامس khamsa | ستة ست السادس sitta""",
    around_a_number="رقم | الرقم | خيار | الخيار | جواب | raqm",
    and_="و | وكمان | ايضا",
)
