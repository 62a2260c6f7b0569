"""Turkish. Dots and tails may be left out: "hayir", "cok iyi". A native speaker must review it."""

from conversations.sayings.ways import Sayings

SAYINGS = Sayings(
    yes="""evet | tamam | olur | tabii | tabi | peki | elbette | evet lütfen | evt | ewet | tmm
        | evet isterim | isterim | istiyorum | evet istiyorum | evet tamam | tamam olur | evet olur
        | tabi ki | tabii ki | kabul | evet teşekkürler | evet evet""",
    no="""hayır | hayir | yok | istemiyorum | olmaz | gerek yok | hayır teşekkürler | hyr
        | istemem | hayır istemiyorum | hayır gerek yok | lazım değil | yok teşekkürler
        | yok sağol | hayır sağol | hayır sağ ol | yok istemiyorum""",
    skip="hiçbir şey | geç | hiç | bir şey yok",
    thanks="""teşekkürler | teşekkür ederim | çok teşekkürler | sağol | sağ ol | sağolun
        | eyvallah | sağ olun | teşekkür | çok sağol | çok sağolun | tşk | tesekkurler""",
    help="""yardım | yardım edin | yardım istiyorum | yardıma ihtiyacım var | yardım lazım
        | yardım lütfen | bana yardım edin | yardım eder misiniz | yardım isterim | destek""",
    good="""iyi | çok iyi | iyiyim | güzel | harika | iyi gidiyor | her şey iyi | her şey yolunda
        | iyidir | gayet iyi | süper | çok şükür | iyi çok şükür | çok güzel | yolunda""",
    so_so="""şöyle böyle | idare eder | eh işte | fena değil | idare ediyor | eh | orta
        | ne iyi ne kötü | idare ediyorum""",
    not_good="""iyi değil | kötü | çok kötü | iyi gitmiyor | iyi değilim | pek iyi değil | berbat
        | hiç iyi değil | kötüyüm | kötü gidiyor""",
    job_lost="""artık çalışmıyorum | işten çıkarıldım | işimi kaybettim | işsizim | işsiz kaldım
        | kovuldum | işten atıldım | işten ayrıldım | işim yok | çalışmıyorum | işten çıktım
        | işim bitti""",
    work="iş | işim | iş yeri | iş hakkında | işyeri | iş konusu | patron | patronum | işle ilgili",
    money="""para | borç | borçlar | kira | para veya borç | borçlarım | para sorunu | fatura
        | faturalar | kiram""",
    home="ev | aile | çocuklar | ailem | ev veya aile | çocuklarım | evim | eşim | aile sorunu",
    health="""sağlık | hasta | hastayım | stres | sağlık veya moral | moral | sağlığım | moralim
        | psikoloji | moralim bozuk""",
    letters="""mektup | mektuplar | formlar | mektuplar ve formlar | evrak | evraklar | kağıtlar
        | mektup ve form | belgeler""",
    other="""başka bir şey | diğer | başka | başka bir şey hakkında | başka bişey | başka şey
        | başka birşey | başka konu""",
    numbers="""bir birinci | iki ikinci | üç üçüncü | dört dördüncü | beş beşinci | altı altıncı""",
    around_a_number="seçenek | numara | cevap | şık",
    and_="ve | ile | bir de",
)
