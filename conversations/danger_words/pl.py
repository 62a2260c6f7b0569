"""Polish. A native speaker must review it."""

SUICIDE = (
    r"samoboj\w*",
    r"samobój\w*",
    r"zabi[ćc] si[ęe]",
    r"zabij[ęe] si[ęe]",
    r"si[ęe] zabi[ćcłlj]\w*",
    r"chc[ęe] (?:\w+ )?(?:umrze[ćc]|zgin[ąa][ćc]|nie [żz]y[ćc])",
    r"nie chc[ęe] (?:mi si[ęe] )?(?:ju[żz] )?(?:d[łl]u[żz]ej )?(?:[żz]y[ćc]|by[ćc] na tym"
    r"|istnie[ćc]|si[ęe] budzi[ćc])",
    r"nie chce mi si[ęe] (?:ju[żz] )?[żz]y[ćc]",
    r"sko[ńn]czy[ćc] ze sob[ąa]",
    r"odebra[ćc] sobie [żz]ycie",
    r"(?:powiesz[ęe]|powiesi[ćc]|potn[ęe]|tn[ęe]|skrzywdz[ęe]|skrzywdzi[ćc]) si[ęe]",
    r"(?:co[śs] )?sobie zrobi[ćcęe]",
    r"lepiej (?:by by[łl]o )?beze mnie",
    r"nie ma sensu [żz]y[ćc]",
    r"[żz]ycie nie ma (?:ju[żz] )?sensu",
    r"wol[ęea]\w* umrze[ćc]",
    r"skocz\w* z (?:mostu|dachu|okna|balkonu)",
    r"pod (?:poci[ąa]g|tramwaj)",
    r"targn\w* si[ęe] na",
)
EMERGENCY = (
    r"zawa[łl] ?(?:serca)?\b",
    r"nie (?:mog[ęe] )?oddycha[ćc]?",
    r"nieprzytomn\w*",
    r"straci[łl]a? przytomno[śs][ćc]",
    r"przedawkowa\w*",
    r"(?:po[łl]kn|wzi|[łl]ykn)[ęeąa]\w+ (?:\w+ ){0,2}(?:tabletki|tabletek|pigu[łl]\w*|leki"
    r"|lek[óo]w)",
    r"karetk\w*",
    r"pogotowi\w*",
    r"krwawi\w*",
    r"krwotok\w*",
    r"udar (?:m[óo]zgu)?",
    r"pali si[ęe] (?:w|dom|mieszkanie|kuchnia)",
    r"(?:dom|mieszkanie|kuchnia) si[ęe] pali",
    r"po[żz]ar\w*",
)
VIOLENCE = (
    r"(?:bije|pobi[łl]a?|uderzy[łl]a?|katuje|dusi[łl]?a?|kopie|grozi|grozi[łl]"
    r"|zgwa[łl]ci[łl]|n[ęe]ka|prze[śs]laduje|szarpie|molestuje) (?:mnie|mi|nas|nam|dzieci"
    r"|moj[ąae]\w*|c[óo]rk\w*|syna|mam[ęe])\b",
    r"(?:mnie|mi|nas|nam|dzieci) (?:\w+ ){0,2}(?:bije|pobi[łl]|uderzy[łl]|dusi|kopie|grozi"
    r"|zgwa[łl]ci[łl]|zabije|katuje)",
    r"(?:m[ąa][żz]|partner|ch[łl]opak|ojciec|szef|ojczym|konkubent"
    r"|by[łl]y) (?:\w+ )?(?:bije|pobi[łl]|uderzy[łl]|grozi)",
    r"przemoc\w* (?:domow\w*|w domu)",
    r"boj[ęe] si[ęe] (?:mojego )?(?:m[ęe][żz]a|partnera|ch[łl]opaka|by[łl]ego|ojca"
    r"|wraca[ćc] do domu)",
    r"nie (?:jestem|czuj[ęe] si[ęe]) bezpieczn\w+ w domu",
    r"z no[żz]em",
    r"zgwa[łl]c\w*",
)
FIGURES = (
    r"nie chc[ęe] umiera?[ćc]",
    r"umieram ze (?:[śs]miechu|zm[ęe]czenia|nud[óo]w)",
    r"(?:prawie|o ma[łl]o) (?:nie )?(?:dosta[łl]\w* )?zawa[łl]u",
    r"zm[ęe]czon\w+ jak trup",
    r"zabija mnie (?:ta|ten|ta praca)",
)
