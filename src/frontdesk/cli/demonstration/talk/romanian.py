"""Romanian."""

from __future__ import annotations

from typing import Final

from frontdesk.cli.demonstration.talk.dialogue import Dialogue, Errand, Language, Line

_NAMES: Final = (
    "Ioana Munteanu", "Andrei Rotaru", "Mihaela Stan", "Vlad Cojocaru", "Cristina Lupu",
    "Sergiu Botnari", "Daniela Pavel", "Ștefan Ilie",
)  # fmt: skip

_DIALOGUES: Final = (
    Dialogue(
        "romanian",
        "answered",
        (
            Line(
                "Bună ziua! Când ajunge comanda 40268?",
                "Bună ziua! Verific imediat. A plecat azi dimineață, ajunge mâine.",
            ),
            Line("Se poate după ora 17?", "Da, am notat: mâine, între 17 și 20."),
            Line("Mulțumesc frumos!", "Cu plăcere! O zi bună!"),
        ),
    ),
    Dialogue(
        "romanian",
        "order_changed",
        (
            Line(
                "Salut, pot schimba culoarea scaunului din comanda 40271?",
                "Bună! Încă nu este ambalat, deci da. Ce culoare doriți?",
            ),
            Line("Verde închis, vă rog.", "Gata, am schimbat. Livrarea rămâne vineri."),
            Line("Super, mulțumesc!", "Și noi vă mulțumim. La revedere!"),
        ),
    ),
    Dialogue(
        "romanian",
        "return_arranged",
        (
            Line(
                "Aș vrea să returnez o lampă. E prea mare.",
                "Sigur. Aveți o lună la dispoziție, iar transportul este gratuit.",
            ),
            Line("Cum procedez?", "Vă trimit eticheta pe e-mail; o lipiți pe cutie și atât."),
            Line("Și banii?", "În cinci zile după ce primim coletul."),
            Line("Perfect, mulțumesc.", "Cu drag! O zi frumoasă!"),
        ),
    ),
    Dialogue(
        "romanian",
        "complaint",
        (
            Line(
                "Cana a venit spartă. Vă trimit o poză.",
                "Ne pare foarte rău! Vă trimitem alta chiar astăzi.",
            ),
            Line("Trebuie să o returnez pe cea spartă?", "Nu, nu este nevoie."),
            Line("Bine, mulțumesc.", "Vă cerem scuze încă o dată. La revedere!"),
        ),
        picture_at=0,
    ),
)

_ERRANDS: Final = (
    Errand(
        (
            "unde este comanda 1020?",
            "no",
        ),
        Dialogue(
            "ask",
            "answered",
            (
                Line("Pernele sosesc astăzi?", "Mâine, între 10 și 14."),
                Line("Am înțeles, vă mulțumesc.", "Cu plăcere!"),
            ),
        ),
    ),
    Errand(
        (
            "ce sold am in contul 5002?",
            "no",
        ),
        Dialogue(
            "ask",
            "answered",
            (
                Line("Pot plăti în două rate?", "Da, vă trimit acum un link."),
                Line("Mulțumesc!", "O zi bună!"),
            ),
        ),
    ),
    Errand(
        ("vreau să vorbesc cu o persoană",),
        Dialogue(
            "ask",
            "answered",
            (
                Line("Bună! Aveți masa Aalto în stoc?", "Bună! Da, două bucăți, la Chișinău."),
                Line("Vin mâine. Mulțumesc!", "Vă așteptăm!"),
            ),
        ),
    ),
)

ROMANIAN: Final = Language(
    _NAMES,
    _DIALOGUES,
    (
        "Vă mulțumim că ne-ați scris. Îmi puteți spune numărul comenzii?",
        "Un moment, verific.",
        "Înțeleg. Îmi puteți da mai multe detalii?",
        "Mulțumesc, am notat. Mă ocup eu.",
        "Vă mai pot ajuta cu ceva?",
    ),
    ("Rapid și amabil.", "Mulțumesc!", "A durat puțin.", ""),
    ("Totul este rezolvat.", "De sunat vineri.", ""),
    _ERRANDS,
)
