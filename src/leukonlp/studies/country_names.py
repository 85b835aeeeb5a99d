"""Countries by the names and adjectives that papers print; owns the words, no rule.

Names are those of ISO 3166 in their usual English form. Countries whose name is a common word of another
meaning in capitals, too (Chad, Jersey, Niger as a species), have no entry.
"""

from __future__ import annotations

from typing import Final

_TABLE = """
Afghanistan:Afghan
Albania:Albanian
Algeria:Algerian
Argentina:Argentinian,Argentine
Armenia:Armenian
Australia:Australian
Austria:Austrian
Azerbaijan:
Bahrain:Bahraini
Bangladesh:Bangladeshi
Belarus:Belarusian
Belgium:Belgian
Benin:
Bolivia:Bolivian
Bosnia and Herzegovina|Bosnia:Bosnian
Botswana:
Brazil:Brazilian
Bulgaria:Bulgarian
Burkina Faso:
Cambodia:Cambodian
Cameroon:Cameroonian
Canada:Canadian
Chile:Chilean
China|People's Republic of China:Chinese
Colombia:Colombian
Costa Rica:Costa Rican
Croatia:Croatian
Cuba:Cuban
Cyprus:Cypriot
Czech Republic|Czechia:Czech
Denmark:Danish
Dominican Republic:
Ecuador:Ecuadorian
Egypt:Egyptian
El Salvador:
Estonia:Estonian
Ethiopia:Ethiopian
Finland:Finnish
France:French
Gabon:
Gambia:Gambian
Germany:German
Ghana:Ghanaian
Greece:Greek
Guatemala:Guatemalan
Guinea-Bissau:
Haiti:Haitian
Honduras:
Hong Kong:
Hungary:Hungarian
Iceland:Icelandic
India:Indian
Indonesia:Indonesian
Iran:Iranian
Iraq:Iraqi
Ireland:Irish
Israel:Israeli
Italy:Italian
Ivory Coast|Côte d'Ivoire:
Jamaica:Jamaican
Japan:Japanese
Jordan:Jordanian
Kazakhstan:
Kenya:Kenyan
Kuwait:Kuwaiti
Latvia:Latvian
Lebanon:Lebanese
Liberia:
Lithuania:Lithuanian
Luxembourg:
Madagascar:
Malawi:Malawian
Malaysia:Malaysian
Mali:Malian
Malta:Maltese
Mexico:Mexican
Moldova:
Mongolia:Mongolian
Morocco:Moroccan
Mozambique:
Myanmar:
Nepal:Nepalese
Netherlands:Dutch
New Zealand:
Nicaragua:
Nigeria:Nigerian
North Macedonia|Macedonia:
Norway:Norwegian
Oman:Omani
Pakistan:Pakistani
Panama:
Papua New Guinea:
Paraguay:
Peru:Peruvian
Philippines:Filipino
Poland:Polish
Portugal:Portuguese
Puerto Rico:Puerto Rican
Qatar:Qatari
Romania:Romanian
Russia|Russian Federation:Russian
Rwanda:
Saudi Arabia:Saudi
Senegal:Senegalese
Serbia:Serbian
Sierra Leone:
Singapore:Singaporean
Slovakia|Slovak Republic:Slovak
Slovenia:Slovenian
South Africa:South African
South Korea|Republic of Korea|Korea:Korean
Spain:Spanish
Sri Lanka:Sri Lankan
Sudan:Sudanese
Sweden:Swedish
Switzerland:Swiss
Syria:Syrian
Taiwan:Taiwanese
Tanzania:Tanzanian
Thailand:Thai
Tunisia:Tunisian
Turkey|Türkiye:Turkish
Uganda:Ugandan
Ukraine:Ukrainian
United Arab Emirates|UAE:Emirati
United Kingdom|UK|U.K.|Great Britain|England|Scotland|Wales|Northern Ireland:British,English,Scottish,Welsh
United States|USA|U.S.A.|US|U.S.|United States of America:American
Uruguay:Uruguayan
Uzbekistan:
Venezuela:Venezuelan
Vietnam|Viet Nam:Vietnamese
Yemen:Yemeni
Zambia:Zambian
Zimbabwe:
"""

NAMES: Final[dict[str, str]] = {}
"""Small-letter name as printed to the usual English name."""
ADJECTIVES: Final[dict[str, str]] = {}
"""Small-letter adjective to the usual English name."""
for _line in _TABLE.split("\n"):
    _names, _, _adjectives = _line.partition(":")
    _usual = _names.partition("|")[0]
    NAMES.update((name.lower(), _usual) for name in _names.split("|") if name)
    ADJECTIVES.update((word.lower(), _usual) for word in _adjectives.split(",") if word)
