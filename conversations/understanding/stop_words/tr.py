"""Turkish. A native speaker must review it."""

WHOLE_MESSAGES = (
    r"(?:artık )?(?:bana )?(?:bir daha )?(?:mesaj|sms) (?:istemiyorum|atmayın|yazmayın"
    r"|göndermeyin|yollamayın|atma|gönderme|yazma)(?: artık)?",
    r"(?:artık )?(?:daha fazla |başka |bu )?mesaj(?:ları)? (?:almak )?istemiyorum(?: artık)?",
    r"(?:bırakmak|çıkmak|ayrılmak|durdurmak|iptal etmek) istiyorum",
    r"(?:mesajları )?(?:durdurun|durdur|kesin|iptal)(?: edin| et)?",
    r"beni (?:rahat bırakın|listeden (?:çıkarın|silin)|silin)",
    r"numaramı (?:silin|listeden çıkarın)",
    r"bana (?:yazmayın|yazma)(?: artık)?",
    r"(?:artık )?(?:devam etmek|katılmak) istemiyorum",
    r"dur(?:un)?",
    r"yeter artık yazmayın",
    r"aboneliği iptal(?: et| edin)?",
    r"(?:artık )?(?:bana )?(?:mesaj )?(?:yazmayın|atmayın|göndermeyin)(?: bana| artık)?",
    r"(?:bu )?mesajlarınızı istemiyorum",
    r"beni (?:bu )?listeden (?:çıkarın|silin)",
    r"listeden (?:çıkarın|silin) beni",
    r"(?:artık )?katıl(?:mak istemiyorum|mıyorum)(?: artık)?",
    r"(?:bu )?programdan (?:çıkmak|ayrılmak) istiyorum",
    r"yeter(?: artık)?(?: bu)? (?:mesajlar\w*|yazmayın)",
)
