"""Builds ``resources/words/words_en.txt``, the list passphrases are made of. Run: ``python tools/make_words.py``.

From zxcvbn's frequency lists: lower-case words of four to eight letters that also occur in an inflected form (so mostly
plain words, not names), the most frequent of each four-letter beginning, without those of the stop list below, until
there are 2048. The list is frozen once vaults exist: what a worker types is brought into the list's form (see
``outreach_app/vault/passphrase.py``).
"""

from __future__ import annotations

import re
from pathlib import Path

from zxcvbn.frequency_lists import FREQUENCY_LISTS

TARGET = Path(__file__).resolve().parent.parent / "resources" / "words" / "words_en.txt"
COUNT = 2048
_FORM = re.compile(r"[a-z]{4,8}")

NAMES_AND_PEOPLES = """
afghan african albanian american anglo arab armenian aryan assyrian atlas austrian balkan baptist basque belgian
bengali bohemian bourbon brit buddhist canadian canton cape catholic chevron claus cris cuban cypriot czech deutsche
dimera diocese drazen ecole egyptian estonian european fras georgian german gmina greek habsburg haitian hebrew hindu
hispanic hors iceland india indy iranian iraqi israeli italian jamaican jersey jesuit kenyan korean lankan latvian
libyan lutheran malay marxist metre mexican mitzvah mongol mormon mughal muslim nazi nigerian nile oblast oriental
ottoman peruvian phoebe prussian punjabi rafe rath reiber republic rican saudi shanghai sicily sikh slovak smoochy
somali soviet syrian taluk tamil tehsil thai tibetan travers venetian yank york zealand zionist
"""

HARSH = """
abortion absurd abuse accuse affair agent alibi ambush anger angry armament army arrest assault asylum attack attorney
autopsy awful bald bare battle beat bedroom betray bitter bleed blind blood bomb booze border bosom brat bribe brigade
bruise bully burglar burial burn bust butt cage casket cemetery choke chump chunk colonel coma coroner corps crap
crash crazy crime cripple crude cruel crypt curse damage damn darling dead deaf death deceive delusion demon despise
destroy disease ditch divorce doll dope dork drown drug drunk dude dumb dump dwarf enemy erect escape evidence evil
fake fascist fatal fear felony fetus fight flesh fling flirt fool force foul fraud freak fugitive funeral gang gloat
goddamn grave grenade grope guard guilty gunshot gutter hassle hate hell hole homicide homo hook horrible hump hunk
hurt idiot illegal illness infant injury inmate insult intimate jail jerk jinx judge junk jury juvenile kidnap kill
kiss knife lame lawyer liar lied liquor loathe loony lose loss loving lowlife lunatic marshal military mobster morgue
moron mortal murder negro nerd obscene orphan panic parole patrol penalty piss plague poof poor prank prick prison
prude psychic puff puke punish punk queer racial rage raid rape raving regret revolt rifle riot risk robbery romantic
rude ruin ruthless sabotage scam scare schmuck screw scumbag sedative seduce selfish sergeant shame sheriff shit shock
shoot shot sick siege skank skeleton slam slap sleaze smack smear smug snitch sore spit steal stink subpoena suffer
suicide suspect terrible testify theft thug tomb torch torment torture tragedy trap trash trauma trial tumor twit ugly
uprising vanquish verdict vicious victim violent vomit wacko warrant weapon weep whine whip widow wimp witch wound
wreck
"""

BODY_AND_HEALTH = """
alcohol ankle artery beggar belly bladder bone bowel chest chill claw cocktail cough cramp crutch drool elbow fever
fist flea foot fracture hair heel hormone infect itch knee limb lung migraine mouth nasal neck nose pale pill sneeze
sober spasm stomach surgery syndrome teeth thigh thumb tissue tongue tooth tramp ulcer vaccine vein virus wrist
"""

NOT_PLAIN = """
altar analyze armor baby baronet behavior bible breed caliber catalog chapel church congress cozy daddy defense dorm
endeavor favor fiber fiend flavor flunk fulfill geek geez gospel guru harbor heap holy honor http humor idol lemme
liberal license limo lord maneuver mash mega meter mold mollusk mommy mosque neighbor parish parlor pray program rabbi
religion rumor saint savor semi senor sermon sorority soul suburb surname synod temple thee weird whack wine woke
worship
"""

UNEASY = """
abbasid abbot abdicate abduct abolish accident adoption adrenal adult agonist aircrew aleutian alias alienate alleged
alouette amend amputate anguish anion apostle armpit arouse atheist auction axiom azeri babble bachelor badmouth bail
barangay bark bastion bayonet bazaar bedouin bedpan beef berate berber beret bidder bigot biplane blacken blatant
blight blimp bloat blotch blunder blurt boast bonbon bosniak botch brag brahmin brawl brisk brood brutal buff bunion
bunk bury cadre calorie cannoli carat carjack caucus cavity chagrin chink chola chute citation clade cliche client
clique clone coarse coerce cohort colada combat comrade conflict conquest cossack crack crave creole crepe croak crore
cuff culprit curb curfew customer cute cutting cylon cynic damper damsel darn debt deflect deity delle denial deposit
deprive derail diabetic diatribe digest diminish dinar dirty disaster disguise disorder divulge dominate doom dosage
dose drag draught dreyfus drift drone dugout dull edict effigy eject emigrate emirate enact enclave endanger enforce
epidemic epithet eruption ether etruscan eunuch evacuate evade evasion evict excise exclude exhaust exile expire
extort eyebrow eyelash falkland farce fate fatigue faucet female feminist feud fierce figger fijian firearm firing
fjord flank flare flaunt flaw forfeit foxhole frisian furious fury fuss gender genital ghoul gimmick gobble graft
grieve groom grovel grudge guise gunboat hacienda hadith haggle hail harass harpy harrow harsh haunt heresy hermano
hernia hijack hippy hoodlum horde hothead hound howitzer huguenot husband hush hustle hyena hymn imbecile impact
incense inflict ingrate inhale inhibit inhuman inject innuendo intrude intubate invasion irritate jacobite jetty
jeweler jock jurist juror kazakh kegger kennel khazar kiddie kinase kraut lapel laps latin latrine laude laureate
lawsuit laxative leotard leper lesion limp lipid liturgy lottery louse lure maid male mamluk manchu manhunt maratha
marriage martial maximize mimic minority mishap mislead misplace misread misuse molar mooch motel muchacho mugging
mule mummy musket mutation mutiny nanny narcotic navy negative neglect neuter nitrate nitwit nostril numeral nunatak
nymph oath obey obituary olympic omission oral outage outbreak outrage outsmart ovary owner pajama patient peasant
pectoral peddle pedicure peep pendant peptide perceive perjure pharaoh phobia pimple pole popsicle pouch preach
precinct prelim prey prohibit prowl prune pucker pueblo punch purana purchase purge puritan pygmy quack raft raja
rajput rapper rarity redoubt reject rerun rescind rickshaw ridicule rite riviere rough rupture russian sack safavid
sale samoan sanction sassanid saturday scepter scold scone scour scowl seance seaplane sell sewer shabby shatter shear
shove shred shroud sinus sire slash slight slime slip slit slump smirk snag snatcher sneak sniff snipe snuff somme
spouse squirm stain stash steroid stoke stoop stowaway stucco stunt stutter sulfide sundae sutra suture swamp swarm
swear swerve swill swimsuit swipe synth taboo taint tamale tamper tantrum tariff tarnish tatar taunt taxpayer tease
tectonic tense theta thursday tiptoe toad toddy torpedo toxin tremble trespass trifle troop trough umayyad undress
uneven unfair unhappy unhook unjust unlawful urinate uyghur uzbek vanish vapor vassal veggie vendor veto viaduct
warhead warship weak weeny whim whit whoop whorl wield witness woreda worry wreak wrestler wretch wrong xerox yammer
yell yeshiva yokel yuppie zatarc zillion
"""

STOP = frozenset(f"{NAMES_AND_PEOPLES} {HARSH} {BODY_AND_HEALTH} {NOT_PLAIN} {UNEASY}".split())


def main() -> None:
    """Write the list."""
    words = chosen_words()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text("\n".join(words) + "\n", encoding="ascii", newline="\n")
    print(f"{len(words)} words")


def chosen_words() -> list[str]:
    """Return the words in alphabetical order."""
    rank = _ranks()
    text = set(FREQUENCY_LISTS["english_wikipedia"]) | set(FREQUENCY_LISTS["us_tv_and_film"])
    candidates = sorted((w for w in text if _FORM.fullmatch(w) and _forms(w) & text), key=lambda w: (rank[w], w))
    first_of: dict[str, str] = {}
    for word in candidates:
        first_of.setdefault(word[:4], word)  # a stopped word takes its beginning with it: nothing rarer slips in unread
    return sorted([word for word in first_of.values() if word not in STOP][:COUNT])


def _ranks() -> dict[str, int]:
    rank: dict[str, int] = {}
    for words in FREQUENCY_LISTS.values():
        for place, word in enumerate(words):
            rank[word] = min(place, rank.get(word, place))
    return rank


def _forms(word: str) -> set[str]:
    """Return what the word may look like inflected."""
    forms = {word + ending for ending in ("s", "es", "ed", "ing", "ly", "er", "ers", "ness")}
    if word.endswith("e"):
        forms |= {word + "d", word + "r", word[:-1] + "ing", word[:-1] + "y"}
    if word.endswith("y"):
        forms |= {word[:-1] + ending for ending in ("ies", "ied", "ily", "ier")}
    return forms


if __name__ == "__main__":
    main()
