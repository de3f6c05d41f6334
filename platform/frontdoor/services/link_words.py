"""What mails about accounts say, in their reader's language: a link to sign in, to set up, or where to get one.

Of several sign-in links each stands under the name of the authority that it leads to.
"""

from collections.abc import Mapping

from frontdoor.domain.text import Text, say

_USE = {"en": "Use this link to sign in:", "cy": "Defnyddiwch y ddolen hon i fewngofnodi:"}
_CHOOSE = {
    "en": "You have an account with more than one authority. Use the link of the one that you want to write to:",
    "cy": "Mae gennych gyfrif gyda mwy nag un awdurdod. Defnyddiwch ddolen yr un yr hoffech ysgrifennu ato:",
}
_ONCE = {
    "en": "It works once, for 30 minutes. If you did not ask for it, you need do nothing.",
    "cy": "Mae'n gweithio unwaith, am 30 munud. Os na ofynnoch amdani, nid oes angen i chi wneud dim.",
}
_EACH_ONCE = {
    "en": "Each works once, for 30 minutes. If you did not ask for them, you need do nothing.",
    "cy": "Mae pob un yn gweithio unwaith, am 30 munud. Os na ofynnoch amdanynt, nid oes angen i chi wneud dim.",
}

_SET_UP = {
    "en": "An account has been made for you. Set it up here:",
    "cy": "Mae cyfrif wedi'i wneud i chi. Gosodwch ef yma:",
}
_SEVEN_DAYS = {
    "en": "The link works once, for seven days.",
    "cy": "Mae'r ddolen yn gweithio unwaith, am saith diwrnod.",
}
_WELCOME = {
    "en": "You have an account for telling the council about families. Sign in with this e-mail address here:",
    "cy": "Mae gennych gyfrif i ddweud wrth y cyngor am deuluoedd. Mewngofnodwch â'r cyfeiriad e-bost hwn yma:",
}
_NO_PASSWORD = {
    "en": "We send you a link each time; there is no password to remember.",
    "cy": "Rydym yn anfon dolen atoch bob tro; nid oes cyfrinair i'w gofio.",
}
LINK_SUBJECT: Text = {"en": "Your sign-in link", "cy": "Eich dolen fewngofnodi"}
INVITED_SUBJECT: Text = {"en": "Set up your account", "cy": "Gosodwch eich cyfrif"}
WELCOME_SUBJECT: Text = {"en": "Your account is ready", "cy": "Mae eich cyfrif yn barod"}


def invited(link: str, language: str) -> str:
    """Return the text of the mail that asks somebody to set their account up."""
    return f"{say(_SET_UP, language)}\n\n{link}\n\n{say(_SEVEN_DAYS, language)}\n"


def welcomed(address: str, language: str) -> str:
    """Return the text of the mail that tells a partner where to sign in."""
    return f"{say(_WELCOME, language)}\n\n{address}\n\n{say(_NO_PASSWORD, language)}\n"


def in_words(links: Mapping[str, Text], language: str) -> str:
    """Return the mail's text for links with the title of the authority that each leads to."""
    if len(links) == 1:
        return "\n\n".join([say(_USE, language), *links, f"{say(_ONCE, language)}\n"])
    listed = [f"{say(title, language)}\n{link}" for link, title in links.items()]
    return "\n\n".join([say(_CHOOSE, language), *listed, f"{say(_EACH_ONCE, language)}\n"])
