"""Turkish. A native speaker must review it."""

SUICIDE = (
    r"ölmek (?:ist?iyorum|istiyom|isterim)",
    r"ölsem (?:daha|keşke|de)",
    r"keşke ölse\w*",
    r"intihar\w*",
    r"kendimi (?:öldür|as|kes|yak|at)\w*",
    r"canıma kıy\w*",
    r"hayatıma son",
    r"yaşamak iste(?:miyor|mem)\w*",
    r"yaşamaktan (?:bıktım|yoruldum)",
    r"yaşamanın (?:bir )?anlamı",
    r"bensiz daha iyi",
    r"uyanmak istemiyor\w*",
    r"ölüp gitsem",
    r"bu hayattan gitmek",
)
EMERGENCY = (
    r"kalp krizi",
    r"nefes al(?:amı|mı)yor\w*",
    r"bilinci (?:kapalı|yok)",
    r"bayıldı",
    r"baygın",
    r"ambulans\w*",
    r"aşırı doz",
    r"ilaç(?:ları)? (?:\w+ )?(?:iç|yut)(?:ti|tı|tım|tim)\w* (?:hepsini|çok)",
    r"(?:çok|bir sürü|kutu) (?:hap|ilaç) (?:iç|yut)\w*",
    r"çok kan(?:ıyor| kaybediyor| var)",
    r"kanama durmuyor",
    r"ev(?:imiz|im|de)? (?:yangın|yanıyor)\w*",
    r"yangın (?:var|çıktı)",
)
VIOLENCE = (
    r"(?:beni|bizi|çocukları\w*|annemi|kızımı|oğlumu|bana|onu) (?:\w+ ){0,2}(?:döv|dayak"
    r"|vur|tehdit|boğ|tekme|tokat|şiddet|öldür|taciz|tecavüz|kilitle)\w*",
    r"(?:kocam|eşim|erkek arkadaşım|babam|abim|eski eşim|sevgilim|patron\w*"
    r"|nişanlım) (?:\w+ ){0,3}(?:dövüyor|dövdü|vuruyor|vurdu|tehdit|şiddet)\w*",
    r"dayak yiyor\w*",
    r"şiddet gör\w*",
    r"aile içi şiddet",
    r"evde güvende değil\w*",
    r"kocamdan (?:çok )?korkuyor\w*",
    r"bıçak(?:la|lı)\w* (?:\w+ )?(?:tehdit|saldır)\w*",
)
FIGURES = (
    r"ölmek istemiyorum",
    r"gülmekten öl\w*",
    r"yorgunluktan öl\w*",
    r"açlıktan öl\w*",
    r"sıkıntıdan (?:öl|patla)\w*",
    r"sıcaktan öl\w*",
    r"ölü gibi yorgun",
)
