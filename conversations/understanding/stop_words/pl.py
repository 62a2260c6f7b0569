"""Polish. A native speaker must review it."""

WHOLE_MESSAGES = (
    r"(?:prosz[ęe] )?(?:mi )?(?:ju[żz] )?(?:nie|przesta[ńn]cie"
    r"|prosz[ęe] nie) (?:ju[żz] )?(?:do mnie |mi )?(?:pisa[ćc]|pisz(?:cie)?|wysy[łl]a[ćc]"
    r"|wysy[łl]aj(?:cie)?|smsowa[ćc]|przysy[łl]a\w+)(?: (?:do mnie|mi|wi[ęe]cej"
    r"|wiadomo[śs]ci|sms\w*|ju[żz]))*",
    r"(?:ja )?nie chc[ęe] (?:ju[żz] |wi[ęe]cej )*(?:dostawa[ćc] |otrzymywa[ćc] )?(?:(?:tych"
    r"|waszych|[żz]adnych|wi[ęe]cej) )*(?:wiadomo[śs]ci|sms\w*|esemes\w*"
    r"|kontaktu)(?: (?:od was|ju[żz]|wi[ęe]cej))*",
    r"(?:chc[ęe]|chcia[łl]\w*|prosz[ęe]) (?:si[ęe] |mnie |to )*(?:wypisa[ćc]|zrezygnowa[ćc]"
    r"|przerwa[ćc]|sko[ńn]czy[ćc]|zako[ńn]czy[ćc])(?: (?:si[ęe]|z tego|z programu|to))*",
    r"rezygnuj[ęe](?: z (?:tego|programu|opieki))?",
    r"wypiszcie mnie",
    r"wypisz mnie",
    r"(?:dajcie|daj) mi (?:[śs]wi[ęe]ty )?spok[óo]j",
    r"usu[ńn](?:cie)? (?:m[óo]j )?numer",
    r"nie chc[ęe] (?:ju[żz] )?(?:bra[ćc] udzia[łl]u|uczestniczy[ćc])",
    r"ko[ńn]czymy z tym",
    r"koniec wiadomo[śs]ci",
    r"zatrzymaj\w*(?: wiadomo[śs]ci)?",
    r"(?:do[śs][ćc]|wystarczy)(?: ju[żz])?(?: tych| waszych)? (?:wiadomo[śs]ci|sms\w*)",
    r"(?:skre[śs]lcie|wykre[śs]lcie|usu[ńn]cie) mnie(?: z (?:tej )?listy)?",
    r"(?:ju[żz] )?nie (?:chc[ęe] (?:ju[żz] )?bra[ćc]|bior[ęe])(?: ju[żz])? udzia[łl]u",
    r"niepotrzebne mi (?:s[ąa] )?(?:wasze )?wiadomo[śs]ci",
    r"(?:ja )?chc[ęe] wyj[śs][ćc] z (?:tego )?programu",
)
