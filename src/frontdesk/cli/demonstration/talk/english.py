"""English."""

from __future__ import annotations

from typing import Final

from frontdesk.cli.demonstration.talk.dialogue import Dialogue, Errand, Language, Line

_NAMES: Final = (
    "Hannah Doyle", "Peter Marsh", "Ines Carvalho", "George Adeyemi", "Clara Weiss", "Yusuf Kaya",
    "Molly Byrne", "Henrik Dahl", "Priya Nair", "Luca Ferri", "Rosa Delgado", "Arthur Penn",
    "Freya Holm", "Samuel Otieno", "Beatrice Long", "Jan Kowalski",
)  # fmt: skip

_DIALOGUES: Final = (
    Dialogue(
        "orders",
        "answered",
        (
            Line(
                "Hello, my Kajo lamp was to come yesterday. Where is it?",
                "Good day! I’ll look it up. May I have the order number?",
            ),
            Line(
                "40217.",
                "Thank you. The parcel left our workshop on Tuesday and is in your town since "
                "this morning: https://shop.example/track/40217",
            ),
            Line("Ah, so it comes today?", "Yes, between two and six this afternoon."),
            Line("Perfect, thank you!", "With pleasure. Enjoy the lamp!"),
        ),
    ),
    Dialogue(
        "orders",
        "order_changed",
        (
            Line(
                "Hi! Can I still change the address of order 40233?",
                "Hello! It hasn’t been packed yet, so yes. Where shall it go?",
            ),
            Line(
                "To 12 Mill Lane, same town, please.",
                "Done: 12 Mill Lane. You’ll have a confirmation by e-mail in a minute.",
            ),
            Line("It’s here already. Thanks a lot.", "You’re welcome. Have a good day!"),
        ),
    ),
    Dialogue(
        "orders",
        "order_changed",
        (
            Line(
                "I ordered two mugs but I need four. Must I pay the delivery twice?",
                "No, I can add two to the same parcel. Shall I?",
            ),
            Line("Yes please, the blue ones.", "They are in: four Usva mugs, two of them blue."),
            Line("Wonderful!", "The rest is paid by the link in your mail. Until next time!"),
        ),
    ),
    Dialogue(
        "orders",
        "complaint",
        (
            Line(
                "This is the third time that the courier didn’t ring. I’m not amused.",
                "I’m very sorry. I see three attempts here; that should not happen.",
            ),
            Line(
                "So what do we do now?",
                "I have asked for a delivery with a call an hour before, on any day you name.",
            ),
            Line("Friday then, after four.", "Friday after four it is, and the delivery is on us."),
            Line("All right. Thank you for caring.", "Thank you for your patience."),
        ),
    ),
    Dialogue(
        "orders",
        "answered",
        (
            Line(
                "Does the Lehto chair come in ash as well?",
                "Our advisers know every wood we have. May I pass you on to them?",
            ),
            Line("Sure.", "In ash it takes two weeks longer, and it is lighter in colour."),
            Line("Is the price the same?", "Yes, € 289 in both woods."),
            Line("I’ll think about it. Thanks!", "Take your time. We are here."),
        ),
        moves_to="advice",
    ),
    Dialogue(
        "returns",
        "return_arranged",
        (
            Line(
                "I’d like to send back a lamp. It’s lovely, but too large for the room.",
                "Of course. Is it still in one piece, with its box?",
            ),
            Line("Yes, unused.", "Then I’ll mail you a label; the way back is on us."),
            Line(
                "And when do I get the money?",
                "Within five days after the parcel is with us, the way you paid.",
            ),
            Line("Great, thank you.", "Thank you, and perhaps a smaller one another time."),
        ),
    ),
    Dialogue(
        "returns",
        "replacement",
        (
            Line(
                "My mug has arrived in two pieces. I have a picture.",
                "Oh no. Please send it, and I’ll see to it at once.",
            ),
            Line("Here it is.", "I see. A new one goes out today; you may keep the pieces."),
            Line("That was quick. Thanks!", "We are sorry for the trouble. Goodbye!"),
        ),
        picture_at=1,
    ),
    Dialogue(
        "returns",
        "answered",
        (
            Line(
                "How long do I have to return something bought on sale?",
                "A month, just as with everything else.",
            ),
            Line("And without the receipt?", "Your order number is enough."),
            Line("Good to know, bye!", "Goodbye!"),
        ),
    ),
    Dialogue(
        "advice",
        "sale",
        (
            Line(
                "Which lamp would you hang over a round table of 110 cm?",
                "The Kajo in 45 cm: about two fifths of the table looks right.",
            ),
            Line(
                "How high above the table?", "Sixty to seventy centimetres, so that you see faces."
            ),
            Line(
                "Brass or white?",
                "With oak I would take brass. White, if the ceiling is low. How is yours?",
            ),
            Line("2.5 m. Brass then, I’ll order it.", "A good choice. You’ll like the light."),
        ),
    ),
    Dialogue(
        "advice",
        "answered",
        (
            Line(
                "Can I put an oak chair near a radiator?",
                "Half a metre away is safe. Nearer, the wood dries and may crack.",
            ),
            Line("And how often should it be oiled?", "Once a year, thinly. Linseed oil will do."),
            Line("Thank you, that helps.", "Gladly!"),
        ),
    ),
    Dialogue(
        "technical",
        "replacement",
        (
            Line(
                "One screw is missing from my Lehto chair, the long one.",
                "The M6 by 60. I’ll send you three, in case one likes to hide.",
            ),
            Line("Ha, thank you. How long will it take?", "Two days by letter."),
            Line("Fine by me.", "Until then please don’t sit on it. Goodbye!"),
        ),
    ),
    Dialogue(
        "technical",
        "answered",
        (
            Line(
                "Which bulb fits the Kajo?",
                "An E27, up to 60 watts, or any LED. Warm light suits it best.",
            ),
            Line("Can it be dimmed?", "With a dimmable LED and a dimmer in the wall, yes."),
            Line("Thanks!", "You’re welcome!"),
        ),
    ),
)

_ERRANDS: Final = (
    Errand(
        (
            "track_order",
            "1013",
            "no",
        ),
        Dialogue(
            "ask",
            "answered",
            (
                Line("It is about my order.", "Gladly. Which one is it?"),
                Line("1013, the shelf.", "It comes tomorrow. Have a good day!"),
            ),
        ),
    ),
    Errand(
        (
            "where is my order 1055?",
            "no",
        ),
        Dialogue(
            "ask",
            "answered",
            (
                Line(
                    "My sofa is late again.",
                    "I am sorry. I’ll call the workshop and write to you today.",
                ),
                Line("Please do.", "I will. Goodbye!"),
            ),
        ),
    ),
    Errand(
        (
            "see_balance",
            "5004",
            "no",
        ),
        Dialogue(
            "ask",
            "answered",
            (
                Line("How can I pay what is open?", "With the link that I am sending you now."),
                Line("Got it, thanks.", "You’re welcome!"),
            ),
        ),
    ),
    Errand(
        (
            "shops",
            "Balti",
            "no",
        ),
        Dialogue(
            "ask",
            "answered",
            (
                Line("Is there parking at your shop?", "Behind the house, for two hours."),
                Line("Great.", "See you there!"),
            ),
        ),
    ),
    Errand(
        (
            "How much is shipping?",
            "yes",
            "no",
        ),
        Dialogue(
            "ask",
            "answered",
            (
                Line("Is delivery free for two chairs?", "Above 1,000 lei it always is."),
                Line("Fine.", "Goodbye!"),
            ),
        ),
    ),
    Errand(
        ("My table arrived with a deep scratch and I am really angry",),
        Dialogue(
            "ask",
            "complaint",
            (
                Line(
                    "My table has a deep scratch, right on the top!",
                    "I am very sorry. We’ll bring you another one on Thursday.",
                ),
                Line("And who takes the old one?", "The same van. You need do nothing."),
                Line("All right then.", "Thank you for your patience!"),
            ),
        ),
    ),
    Errand(
        (
            "Could the elk from your window be mine?",
            "The big one with the lamp in its antlers",
            "person",
        ),
        Dialogue(
            "ask",
            "answered",
            (
                Line(
                    "Is the elk in your window for sale?",
                    "It is the shop’s own, but I’ll ask the manager for you.",
                ),
                Line("Lovely, thank you!", "With pleasure!"),
            ),
        ),
    ),
    Errand(
        ("person",),
        Dialogue(
            "ask",
            "order_changed",
            (
                Line(
                    "Hello, I’d like to add a bulb to order 1031.",
                    "Added: it comes in the same parcel.",
                ),
                Line("Perfect.", "Thank you, goodbye!"),
            ),
        ),
    ),
    Errand(
        ("second", "069123456", "Please call me about order 1024."),
        Dialogue(
            "somebody",
            "answered",
            (
                Line(
                    "Hello Lena, you sent me a label last week. It doesn’t print.",
                    "Hello again! I’ll send it as a picture; any shop can print that.",
                ),
                Line("That will do, thank you.", "With pleasure. Goodbye!"),
            ),
        ),
    ),
)

ENGLISH: Final = Language(
    _NAMES,
    _DIALOGUES,
    (
        "Thank you for writing. May I ask for your order number?",
        "I see. Let me look that up for a moment.",
        "I understand. Could you tell me a little more about it?",
        "Thank you, that helps. I’ll take care of it.",
        "Is there anything else that I can do for you?",
    ),
    ("Quick and kind.", "Thank you!", "Had to wait a little.", "Very helpful.", ""),
    ("Was very friendly.", "Calls back if the parcel is late.", "All settled.", ""),
    _ERRANDS,
)
