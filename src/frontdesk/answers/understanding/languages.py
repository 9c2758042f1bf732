"""Tells English, Russian and Romanian apart, in texts of a few words.

By the script, by letters that only Romanian has, and else by frequent words, whole or in part;
Russian in Latin letters is Russian.
"""

from __future__ import annotations

import re
from typing import Final

from frontdesk.answers.understanding.texts import spell

LANGUAGES: Final = ("en", "ro", "ru")

_CYRILLIC: Final = re.compile("[а-яё]", re.IGNORECASE)
_LATIN: Final = re.compile("[a-zăâîșțşţ]", re.IGNORECASE)
_ROMANIAN: Final = re.compile("[ăâîșțşţ]", re.IGNORECASE)

_WORDS: Final = {
    language: frozenset(words.split())
    for language, words in {
        "en": """
            i me my you your u it its he she we our they the a an this that these there is am are
            was were be been do does did don have has had can could will would shall should may
            not no any some and or but if of to in on at by for from with without about up out off
            over what which who whom when where why how much many more than please pls thanks
            thank hello hi yes want need like get got give take make know see let tell as so just
            again still now today tomorrow yesterday back new one two nobody somebody
        """,
        "ro": """
            eu a mi ma imi m tu te iti el ea il ii le la noi voi va vi ei lor meu mea mei mele sau
            un o unei unui cel cea cei cele acest aceasta asta acela este e sunt esti suntem era
            am ai are avem aveti au ati nu n mai tot doar foarte deja inca iar si ori dar daca ca
            sa de din pe cu fara pentru prin in intre dupa pana spre lui ce care cine cand unde
            cum cat cate cati cata vreau as vrea pot poate puteti trebuie fac face faceti rog
            multumesc buna salut da aici acum azi maine ieri nimeni nimic ceva cineva al ai ale se
            s l doua trei
        """,
        "ru": """
            ia ya mne menia menya moi moy moia moya moe vy vi vas vam vash u k s v vo na ne net da
            no i a zhe li by esli chto chtoby kto kogda gde kak kakoi kakoy kakie kakaya
            skolko pochemu est byl byla bylo mozhno mogu mozhete nado nuzhno nuzhna nuzhen hochu
            hotel khochu pozhaluista pozhaluysta pozhalusta pzhl spasibo privet zdravstvuite
            dobryi dobryy den eto etot eta tot uzhe esche eshche eshe escho opiat opyat ochen
            tolko vse vsem za po do ot iz dlia dlya pri pod cherez segodnia segodnya zavtra vchera
            nu nikto nichego
        """,
    }.items()
}

_PIECES: Final = {
    "en": re.compile(r"th|wh|ck|ght|ing\b|tion|ould|ee|oo|ly\b|[a-z]'[a-z]|ed\b"),
    "ro": re.compile(r"ul\b|ului|ii\b|eaza|esc\b|este|ati\b|eti\b|iti\b|ez\b|oa|aua|cum|nea"),
    "ru": re.compile(
        r"zh|kh|shch|sch|[aeio]y\b|iy\b|yy|ya|yu|ov[a-z]?\b|at'?\b|it'?\b|sk|vk|zd|ts|bl|dn"
    ),
}
_PIECE_WEIGHT: Final = 0.4
_SPOKEN_WEIGHT: Final = 0.5
"""Of the language spoken so far: more than a piece of a word has to speak for leaving it."""


def tell_language(text: str, fallback: str) -> str:
    """The code of the text's language. `fallback`, that spoken so far, where nothing tells."""
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if cyrillic > latin:
        return "ru"
    if _ROMANIAN.search(text):
        return "ro"
    weights = _weigh(spell(text))
    if fallback in weights:
        weights[fallback] += _SPOKEN_WEIGHT
    best = max(weights.values())
    if best == 0 or list(weights.values()).count(best) > 1:
        return fallback
    return max(weights, key=lambda language: weights[language])


def _weigh(spelled: str) -> dict[str, float]:
    words = re.findall(r"[a-z]+", spelled)
    return {
        language: sum(word in _WORDS[language] for word in words)
        + _PIECE_WEIGHT * len(_PIECES[language].findall(spelled))
        for language in LANGUAGES
    }
