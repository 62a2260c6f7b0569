"""Polish. "no" is left to English: in Polish it is a careless yes. A native speaker must review
it."""

from conversations.sayings.ways import Sayings

SAYINGS = Sayings(
    yes="""tak | zgoda | jasne | pewnie | oczywiście | tak proszę | tak poproszę | tak chcę | chcę
        | dobrze | dobra | zgadzam się | tak zgadzam się | okej | tak dziękuję | poproszę | tak tak
        | no tak | tak jasne | tak oczywiście | tak zgoda""",
    no="""nie | nie dziękuję | nie chcę | nie trzeba | nie potrzebuję | nie nie trzeba | nie nie
        | nie zgadzam się | raczej nie | nie poproszę | nie potrzeba | wolę nie""",
    skip="nic | pomiń | nie mam ochoty",
    thanks="""dziękuję | dzięki | dziękuję bardzo | bardzo dziękuję | dzieki | wielkie dzięki
        | dzięki wielkie | serdecznie dziękuję | do widzenia""",
    help="""pomoc | pomocy | pomóżcie | potrzebuję pomocy | proszę o pomoc | pomóż mi
        | chcę pomocy | pomóżcie mi | potrzebna pomoc | potrzebna mi pomoc | pomoż""",
    good="""dobrze | wszystko dobrze | świetnie | bardzo dobrze | w porządku | wszystko w porządku
        | super | jest dobrze | wszystko ok | idzie dobrze | spoko | jest ok""",
    so_so="""tak sobie | może być | średnio | jako tako | nieźle | ujdzie | raz lepiej raz gorzej
        | bywa różnie | nie najgorzej""",
    not_good="""źle | niedobrze | nie jest dobrze | niezbyt dobrze | słabo | nie dobrze | kiepsko
        | bardzo źle | nie za dobrze | jest źle | fatalnie | nienajlepiej""",
    job_lost="""już nie pracuję | zwolnili mnie | straciłem pracę | straciłam pracę | nie pracuję
        | zostałem zwolniony | zostałam zwolniona | nie mam pracy | nie mam już pracy
        | jestem bez pracy | nie pracuję już | jestem bezrobotny | jestem bezrobotna""",
    work="praca | moja praca | w pracy | o pracy | pracy | szef | mój szef | o pracę",
    money="""pieniądze | długi | dług | czynsz | pieniądze lub długi | pieniądze albo długi | kasa
        | rachunki | o pieniądzach | pieniądze i długi""",
    home="""dom | rodzina | dzieci | w domu | dom lub rodzina | dom albo rodzina | moje dzieci
        | o rodzinie""",
    health="""zdrowie | chory | chora | jestem chory | jestem chora | stres | samopoczucie
        | zdrowie lub samopoczucie | choroba | zdrowie albo samopoczucie""",
    letters="""listy | list | formularze | pisma | listy i formularze | pismo | formularz
        | dokumenty | urzędowe pisma""",
    other="coś innego | inne | o czymś innym | co innego | coś jeszcze | inna sprawa",
    numbers="""jeden jedna pierwsze pierwszy | dwa dwie drugie drugi | trzy trzecie trzeci
        | cztery czwarte czwarty | pięć piąte piąty | sześć szóste szósty""",
    around_a_number="numer | opcja | odpowiedź | nr",
    and_="i | oraz | też",
)
