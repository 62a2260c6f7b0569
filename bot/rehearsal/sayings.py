"""What simulated people write, each in their own language."""

from collections.abc import Mapping
from dataclasses import dataclass

STRAY = "hoe werkt dit eigenlijk precies"
PAUSE = "volgende maand weer"
OTHER_LANGUAGE: Mapping[str, str] = {"nl": "English please", "en": "liever Nederlands"}
"""Asking to be written to in another language; whoever has another one asks for Dutch."""


@dataclass(frozen=True)
class Sayings:
    """One language. `dangers`: suicide, violence, emergency."""

    yes: str
    no: str
    stop: str
    troubles: tuple[str, ...]
    two_troubles: str
    dangers: tuple[str, str, str]


SAYINGS: Mapping[str, Sayings] = {
    "nl": Sayings(
        yes="JA",
        no="NEE",
        stop="ik wil geen berichten meer",
        troubles=(
            "ik kan de huur niet betalen",
            "mijn baas betaalt te laat",
            "ik snap een brief van de belasting niet",
            "het is te druk op mijn werk",
            "ik slaap slecht",
            "vrijdag worden we uit huis gezet, de deurwaarder was er",
        ),
        two_troubles="mijn baas betaalt niet en ik snap een brief van de belasting niet",
        dangers=("ik wil niet meer leven", "mijn man slaat mij", "mijn vader ademt niet"),
    ),
    "en": Sayings(
        yes="yes",
        no="no",
        stop="no more messages",
        troubles=("i cannot pay the rent", "my boss pays too late", "we are evicted on friday"),
        two_troubles="my boss does not pay me and i do not understand a letter from the tax office",
        dangers=("i want to die", "my husband hits me", "my father is not breathing"),
    ),
    "ar": Sayings(
        yes="نعم",
        no="لا",
        stop="لا أريد رسائل",
        troubles=("لا أستطيع دفع الإيجار", "المدير لا يدفع راتبي"),
        two_troubles="المدير لا يدفع راتبي وعندي ديون إيجار",
        dangers=("أريد أن أموت", "زوجي يضربني", "أبي لا يتنفس"),
    ),
    "ti": Sayings(
        yes="እወ",
        no="ኣይፋልን",
        stop="መልእኽቲ ኣይደልን",
        troubles=("ክራይ ገዛ ክኸፍል ኣይከኣልኩን", "ሓለቓይ ደሞዘይ ኣይከፈለንን"),
        two_troubles="ሓለቓይ ኣይከፍለንን ናይ ክራይ ዕዳ ድማ ኣሎኒ",
        dangers=("ክመውት እደሊ", "ሰብኣየይ ይወቕዓኒ", "ኣቦይ ውንኡ ኣጥፊኡ"),
    ),
    "tr": Sayings(
        yes="evet",
        no="hayır",
        stop="mesaj istemiyorum",
        troubles=("kirayı ödeyemiyorum", "patron maaşımı geç ödüyor"),
        two_troubles="patron maaşımı ödemiyor ve kira borcum var",
        dangers=("ölmek istiyorum", "kocam beni dövüyor", "babam nefes almıyor"),
    ),
    "fa": Sayings(
        yes="بله",
        no="نه",
        stop="دیگه پیام نفرستید",
        troubles=("نمی‌توانم اجاره را بدهم", "رئیسم حقوقم را دیر می‌دهد"),
        two_troubles="رئیسم حقوقم را نمی‌دهد و بدهی اجاره دارم",
        dangers=("می‌خواهم بمیرم", "شوهرم مرا کتک می‌زند", "پدرم نفس نمی‌کشد"),
    ),
    "so": Sayings(
        yes="haa",
        no="maya",
        stop="fariimo ma rabo",
        troubles=("kirada ma bixin karo", "madaxaygu mushaharka wuu soo daahiyaa"),
        two_troubles="madaxaygu mushahar ima siiyo waxaana leeyahay deyn kiro",
        dangers=("waxaan rabaa inaan dhinto", "ninkaygu wuu i garaacaa", "aabahay ma neefsanayo"),
    ),
    "uk": Sayings(
        yes="так",
        no="ні",
        stop="не пишіть мені більше",
        troubles=("не можу заплатити за квартиру", "начальник затримує зарплату"),
        two_troubles="шеф не платить зарплату і є борг за квартиру",
        dangers=("хочу померти", "чоловік б'є мене", "батько не дихає"),
    ),
    "pl": Sayings(
        yes="tak",
        no="nie",
        stop="proszę nie pisać więcej",
        troubles=("nie mogę zapłacić czynszu", "szef płaci za późno"),
        two_troubles="szef nie płaci i mam dług za mieszkanie",
        dangers=("chcę umrzeć", "mąż mnie bije", "ojciec nie oddycha"),
    ),
}
