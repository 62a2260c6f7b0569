"""Persian and Dari, also in Latin letters. "na" is left out: in Dutch it is a typing error for
"ja". A native speaker must review it."""

from conversations.sayings.ways import Sayings

SAYINGS = Sayings(
    yes="""بله | بلی | آره | باشه | باشد | حتما | اوکی | بله لطفا | بله ممنون | بله می‌خواهم
        | بله موافقم | موافقم | قبول | درست است | درسته | هان | البته | می‌خواهم | میخوام | بله باشه
        | bale | baleh | bali | areh | bashe | basheh | hatman | bale mamnoon | mikham""",
    no="""نه | خیر | نخیر | نه ممنون | نه مرسی | نمی‌خواهم | نمیخوام | نمی‌خوام | لازم نیست
        | نه نمی‌خواهم | نه لازم نیست | نه تشکر | نی | نه لطفا | موافق نیستم
        | nakheir | nakhair | nemikham | na mamnoon | lazem nist""",
    skip="هیچی | هیچ | چیزی نیست | رد کردن",
    thanks="""ممنون | ممنونم | خیلی ممنون | مرسی | متشکرم | تشکر | سپاس | دستت درد نکند
        | دست شما درد نکند | سپاسگزارم | بسیار تشکر | خیلی مرسی | mamnoon | mamnun | tashakor""",
    help="""کمک | کمک کنید | کمکم کنید | کمک می‌خواهم | کمک لازم دارم | به کمک نیاز دارم
        | کمک میخوام | کمک می‌خوام | لطفا کمک | لطفا کمک کنید | به کمک احتیاج دارم | کمک کار دارم
        | komak | komak mikham | komakam konid | be komak niaz daram""",
    good="""خوب | خوبم | خوبه | خوب است | عالی | خیلی خوب | همه چیز خوب است | خوب هستم | بسیار خوب
        | خیلی خوبه | خوب پیش می‌رود | خوب پیش میره | خدا را شکر | شکر
        | khub | khoob | khubam | khoobam | khube | khoobe | aali | kheili khub""",
    so_so="""بد نیست | نه خوب نه بد | متوسط | معمولی | بدک نیست | ای بد نیست | نه خوبه نه بده
        | bad nist | na khub na bad | mamuli""",
    not_good="""خوب نیست | خوب نیستم | بد | بده | خیلی بد | بد است | خیلی بده | خوب نیس | افتضاح
        | اصلا خوب نیست | خراب است | khub nist | khoob nist | khub nistam | kheili bad""",
    job_lost="""دیگر کار نمی‌کنم | دیگه کار نمیکنم | دیگه کار نمی‌کنم | اخراج شدم | بیکار شدم
        | بیکارم | کار ندارم | کارم را از دست دادم | دیگر کار ندارم | من را اخراج کردند
        | bikaram | bikar shodam | ekhraj shodam | dige kar nemikonam""",
    work="کار | کارم | محل کار | درباره کار | رئیسم | سر کار | karam | darbare kar",
    money="""پول | بدهی | قرض | اجاره | پول یا قرض | پول یا بدهی | قرض و بدهی | قبض | قسط | کرایه
        | pul | gharz | ejare | bedehi | pul ya gharz""",
    home="""خانه | خانواده | بچه‌ها | خانه یا خانواده | فامیل | بچه | بچه‌هایم | همسرم | خونه
        | khane | khune | khanevade | bacheha""",
    health="""سلامت | سلامتی | مریض | مریضم | سلامتی یا حال روحی | حال روحی | روحیه | مریض هستم
        | صحت | صحتمندی | بیمارم | اعصاب | salamati | mariz | marizam""",
    letters="""نامه | نامه‌ها | فرم | فرم‌ها | نامه‌ها و فرم‌ها | نامه و فرم | مکتوب | فورمه | کاغذها
        | nameh | namehha""",
    other="""چیز دیگر | چیز دیگری | درباره چیز دیگر | یک چیز دیگر | چیز دیگه | یه چیز دیگه
        | chize digar | chize dige""",
    numbers="""یک اول yek | دو دوم | سه سوم | چهار چهارم chahar | پنج پنجم panj | شش ششم shesh""",
    around_a_number="شماره | گزینه | جواب | shomare",
    and_="و | هم",
)
