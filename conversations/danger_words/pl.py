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
    r"(?:to |to wszystko |wszystko |nic |zycie )?(?:juz )?nie ma (?:juz |dla mnie"
    r" )*(?:zadnego )?sensu (?:zyc|nie chce|juz nie)",
    r"(?:wszystkim|im|dzieciom|rodzinie) (?:\w+ ){0,3}beze mnie",
    r"beze mnie (?:\w+ ){0,3}(?:lzej|lepiej|latwiej|szczesliw)\w*",
    r"(?:przygotowan|naszykowan|uzbiera|zebra|odlozon)\w* (?:\w+ )?(?:tablet|pigul|lek|sznur"
    r"|proszk)\w*",
    r"(?:tabletki|pigulki|leki|sznur) (?:\w+ ){0,3}(?:przygotowan|gotow|zaraz wezme|wszystkie"
    r" wezme)\w*",
    r"(?:ostatnia|ostatnie) (?:moja |moje )?(?:wiadomosc|sms|slowa) (?:\w+ ){0,3}(?:wybacz"
    r"|zegna|przepr|kocha)\w*",
    r"(?:zegnajcie|zegnaj)\b",
    r"powiedzcie (?:mamie|dzieciom|synowi|corce) (?:\w+ ){0,3}(?:kocham|przepraszam)",
    r"(?:zasnac|spac) (?:\w+ ){0,2}(?:sie )?(?:nie|nigdy nie|wiecej nie) (?:juz )?(?:sie"
    r" )?(?:obudzic|budzic|wstac)",
    r"(?:juz )?sie (?:wiecej |juz )?nie obudz\w*",
    r"(?:chce|chcialbym|chcialabym) (?:po prostu )?zniknac",
    r"zniknac (?:\w+ )?(?:na zawsze|z tego swiata)",
    r"skonczylo na zawsze",
    r"(?:skoczyc|skocze|rzucic sie|wyskoczyc|rzuce sie) (?:\w+ )?(?:z|pod|przez) (?:\w+"
    r" )?(?:balkon|most|dach|okn|pociag|tramwaj|blok)\w*",
    r"(?:pociel|tne|cie|ciel|pocielam|pociac)\w* (?:sobie |sie )?(?:\w+ )?(?:rece|reke|nogi"
    r"|zyly|sie|nadgarst\w*)\b",
    r"lepiej (?:zebym|bym|gdybym) (?:\w+ )?(?:sie )?nie (?:urodzil|zyl|istnial)\w*",
    r"(?:zmeczy|mam dosc|dosc|dosyc|mam dosyc)\w* (?:\w+ )?(?:sie )?(?:zyci|tego zycia"
    r"|zycia)\w*",
    r"(?:obym|zebym|chce) (?:\w+ )?(?:umar|umrzec)\w*",
    r"(?:dzisiaj|dzis|to) (?:\w+ )?(?:jest )?moj ostatni dzien(?! w pracy| pracy)",
    r"po co (?:ja )?(?:\w+ )?zyj\w*",
    r"nikt (?:nie )?(?:\w+ ){0,2}(?:za mna )?(?:nie )?(?:tesknil|zatesknil)",
    r"nie chce (?:juz |dalej |wiecej )*zyc",
    r"stoje na (?:moscie|dachu|torach|krawedzi)",
    r"nie widze (?:juz )?(?:innego )?wyjscia(?! z)",
    r"mysl\w* (?:\w+ )?o smierci",
    r"lepiej (?:zeby|jakby|gdyby|bylo by jakby) mnie nie bylo",
    r"(?:chce|chcialbym|chcialabym) (?:ze soba skonczyc|skonczyc z (?:zyciem|soba))",
    r"list\w* pozegnaln\w*",
    r"znowu sie tne",
    r"(?:sie )?powies(?:i|ze|il)\w*",
    r"boze zabierz mnie",
    r"(?:jak|zeby) (?:to )?(?:\w+ )?umrzec",
    r"dosc oddychania",
    r"tabletki (?:mam )?odlozone",
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
    r"(?:zle|ciezko|dziwnie|ledwo|slabo|nie) oddych\w*",
    r"(?:upad|spad|przewroci|lezy|zemdla)\w* (?:\w+ ){0,5}(?:nie (?:odpowiada|rusza|reaguje"
    r"|mowi|oddycha)|nic nie mowi|sie nie rusza|bez ruchu)\w*",
    r"(?:nie rusza sie|sie nie rusza|nie reaguje)\b",
    r"(?:wypi|polkn|zjad)\w+ (?:\w+ ){0,2}(?:wybielacz|chlor|plyn|kapsulk|trucizn|bateri|kret"
    r"|domestos|detergent)\w*",
    r"(?:wykrzywi|opad|skrzywi)\w* (?:\w+ )?(?:mu |jej |mi )?(?:twarz|usta|kacik)\w*",
    r"(?:twarz|usta) (?:\w+ ){0,3}(?:wykrzywi|opad|skrzywi)\w*",
    r"(?:w|pelen|pelne|pelno)(?: \w+){0,2} (?:jest |duzo )?dym(?:u)?\b",
    r"dym (?:w|z|spod|leci|wchodzi)\b",
    r"(?:czuc|zapach|smierdzi) (?:\w+ )?gaz\w*",
    r"(?:boli|bol|ucisk|kluje|pali|sciska) (?:\w+ ){0,2}(?:w|za) (?:klat|serc|piers|mostk)\w*",
    r"(?:sinieje|zsinial|posinial)\w*",
    r"(?:wzial|wziela|przyjal) (?:\w+ )?(?:za duzo|zbyt duzo|za wiele)",
    r"krew (?:\w+ )?(?:leci|sie leje|nie przestaje|tryska)",
    r"(?:nie moge|nie) (?:go |jej |sie )?(?:dobudzi|budzi|obudzi)\w*",
    r"nalyka\w* sie",
    r"krew (?:z glowy|sika|leci ze mnie)",
    r"dym na klatce",
    r"spuchlo mi gardlo",
    r"(?:gardlo|jezyk) (?:\w+ )?(?:spuchl|puchnie)\w*",
    r"(?:dusze|dusi) sie\b",
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
    r"(?:podnosi|podniosl) (?:na mnie |na nas )?(?:\w+ )?reke",
    r"(?:rzuca|rzucil|rzucala) (?:we mnie|w nas|na mnie)",
    r"(?:daje|dal|uderzyl) (?:mi |mnie )?(?:\w+ )?w twarz",
    r"(?:leje|tlucze|okłada|wali) (?:mnie|nas)\b",
    r"(?:mnie|nas) (?:\w+ )?(?:leje|tlucze|bija|pobili)\b",
    r"(?:boje sie|nie moge|strach|balam sie) (?:\w+ )?(?:wrocic|wracac|isc|spac|byc) (?:\w+"
    r" )?(?:do domu|w domu)",
    r"nie (?:wypuszcza|pozwala|puszcza|wolno mi)\w* (?:\w+ ){0,3}(?:z domu|wyjsc|wychodzic"
    r"|rozmawiac)",
    r"zamyka (?:mnie|nas)\b",
    r"(?:spali|podpali|spalic|podpalic)\w* (?:\w+ ){0,2}(?:dom|mieszkanie|nas|mnie)",
    r"(?:chce|chca|zamierza|obiecal|grozi) (?:\w+ ){0,3}(?:mnie |nas |ze mnie )?(?:zabic"
    r"|zabije|zabija)",
    r"(?:obmacyw|dotykal|molestowa|dobieral sie)\w* (?:\w+ )?(?:mnie|do mnie|mi)",
    r"(?:mnie|mi) (?:\w+ ){0,2}(?:obmacyw|dotyka|molestowa|dusil|dusi)\w*",
    r"(?:w|mam) siniak\w*",
    r"(?:dusil|dusi|podduszal) mnie",
    r"przymus\w+ (?:malzenstw|do seksu|do slubu)\w*",
    r"(?:maz|partner|on|chlopak) (?:\w+ )?jest (?:agresywny|brutalny)",
    r"(?:szarpie|ciagnie) (?:mnie )?(?:\w+ )?za wlosy",
    r"zmusza (?:mnie|mie) do",
    r"(?:wrocil\w*|przyszl\w*) (?:\w+ ){0,3}z siniakami",
    r"noz\w* (?:mi )?(?:macha|grozi|wyciagn)\w*",
    r"(?:nogi|rece) (?:nam |mi )?polam\w*",
    r"byly (?:\w+ )?(?:chodzi za mna|stoi pod|sledzi|przesladuje)",
)
FIGURES = (
    r"nie chc[ęe] umiera?[ćc]",
    r"umieram ze (?:[śs]miechu|zm[ęe]czenia|nud[óo]w)",
    r"(?:prawie|o ma[łl]o) (?:nie )?(?:dosta[łl]\w* )?zawa[łl]u",
    r"zm[ęe]czon\w+ jak trup",
    r"zabija mnie (?:ta|ten|ta praca)",
    r"(?:kiedys|dawniej|lata temu|wczesniej) (?:\w+ ){0,4}(?:bil|bila|bili|grozil|katowal)(?:"
    r" \w+){0,3}?(?= (?:teraz|dzis|obecnie) .{0,40}(?:bezpiecz|dobrze|sama|spokoj|ok))",
    r"(?:umieram|padam|zdycham|konam) (?:z|ze) (?:glodu|zmeczenia|smiechu|nudow|pragnienia"
    r"|goraca)",
    r"cwiczenia przeciwpozarow\w*",
    r"(?:probna|cwiczebna) ewakuacj\w*",
    r"(?:film|serial|ksiazk)\w* (?:\w+ )?o (?:morder|zabojs|samob)\w*",
    r"(?:telefon|bateria) (?:\w+ )?pad\w*",
    r"pobili nas \d",
    r"(?:szef|kierownik|pracodawca|firma|on)? ?grozi(?:l)? (?:mi )?(?:\w+ )?(?:zwolnieniem"
    r"|wyrzuceniem|nagana|ze nie zaplaci|ze mnie zwolni|ze zwolni)",
    r"(?:mialem|mialam|mial|miala|byl|przeszedlem) (?:\w+ )?(?:zawal|udar)\w* (?:w (?:zeszlym"
    r"|ubieglym)|rok temu|lata temu)",
    r"zawal\w* (?:w zeszlym|rok temu|w ubieglym)",
    r"(?:probny )?alarm pozarowy",
    r"rachunek (?:\w+ ){0,4}zawal",
    r"(?:nocki|praca|upal|ta robota) (?:mnie )?zabija\w*",
    r"nikt (?:\w+ )?(?:mnie|sie) (?:\w+ )?nie (?:bije|uderzyl|grozi)",
    r"zabij\w*(?= (?:\w+ ){1,12}haha)",
)
