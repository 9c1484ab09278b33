"""Names for the posts that the weights of lone names are learned from."""

from __future__ import annotations

FIRST_WORDS = (
    "hope faith grace joy will mark summer autumn april may june rose daisy lily violet ivy hazel "
    "holly heather iris olive jasmine willow fern poppy rosemary ginger sage basil amber crystal "
    "ruby jade pearl opal jewel star skye sky sunny stormy storm misty dawn eve rusty dusty rich "
    "art bill drew grant chase hunter archer fisher mason carter cooper parker tanner gunner "
    "ryder taylor tyler sawyer piper harper drummer jack rob pat nick frank dean gene glen dale "
    "lane trip miles cash penny ace reed brook brooke river rain raven robin wren jay bear wolf "
    "fox colt buck cub hawk royal king prince duke earl baron major judge justice christian "
    "liberty destiny harmony melody lyric aria viola phoenix angel chance lucky merit merry noel "
    "noble true young blaze flint stone cliff forest heath dallas austin paris london georgia "
    "chelsea savannah sydney jordan jackson lincoln madison brooklyn camden charlotte victoria "
    "regina florence houston troy kingston dakota cheyenne montana carol joy bliss charity mercy "
    "patience honor honour constance felicity trinity unity gift promise journey haven heaven "
    "scout ranger rocky sandy shade shadow silver gold scarlet scarlett indigo ebony ivory "
    "clementine clover cherry apple peach plum honey candy sugar coral sierra canyon denim "
    "jet ray sterling max victor jasper jesse oliver pierce lance skip josh sue peg "
    "claire marguerite aurore colombe marin pierre olivier violette mai marine ange victoire "
    "maverick rebel legend saint bishop pope banner tate winter snow bay cove ocean marina "
    "lovely precious bonnie darling treasure miracle dear gentle cherish ariel "
    "blessing prosper fortune beloved "
    "valentine easter august january wade brock ford bentley porter marshall chandler spencer "
    "tucker hope may will art grace star bear april"
).split()
# Some are there only as the short form of a name: William, Robert, Richard …
_SHORT = "bill rob rich pat nick frank josh sue peg ray skip max".split()
FIRST_WORDS = [name for name in dict.fromkeys(FIRST_WORDS) if name not in _SHORT]

SURNAME_WORDS = (
    "Frost|Snow|Winter|Winters|Summers|Fields|Stone|Rock|Hill|Hills|Wood|Woods|Brooks|Rivers|Lake|"
    "Marsh|Forest|Bush|Rose|Church|Bishop|Pope|Priest|Day|Knight|Noble|King|Prince|Duke|Baron|Page|"
    "Price|Rice|Salmon|Fish|Fox|Wolf|Wolfe|Bear|Lamb|Hawk|Crow|Swan|Swift|Sharp|Strong|Long|Short|"
    "Small|Little|Low|Young|White|Black|Brown|Green|Gray|Gold|Silver|Penny|Cash|Banks|Bridges|Park|"
    "Parks|Gates|Hall|Walls|Bell|Ball|Best|Wise|Love|Joy|Hope|Grace|Savage|Hunter|Fisher|Fowler|"
    "Cook|Baker|Butcher|Carpenter|Mason|Potter|Weaver|Singer|Dancer|Driver|Farmer|Gardener|Porter|"
    "Shepherd|Sheriff|Judge|Marshall|Speaker|Walker|Ward|West|North|Lane|Case|Cross|Post|Head|"
    "Foot|Hand|Power|Powers|Ford|Campbell|Wells|Turner|Chief|Bird|Light|Bright|Kind|Good|Great|"
    "Fair|Fast|Early|Free|Block|Eagle|Weasel|Buffalo|Many Bears|Red Crow|Walks Along|Running Rabbit"
).split("|")

SURNAMES = (
    "Smith|Jones|Wipf|Hofer|Waldner|Penner|Friesen|Toews|Dyck|Giesbrecht|Kowalchuk|Melnyk|Yaremko|"
    "Semeniuk|Bondarenko|Nguyen|Tran|Pham|Singh|Dhaliwal|Gill|Patel|Sandhu|Kaur|Reyes|Santos|"
    "Dela Cruz|Aquino|Ocampo|Garcia|Lopez|Vasquez|Hernandez|Nakamura|Okada|Sato|Tanaka|Hironaka|"
    "Chan|Wong|Zhao|Huang|Mohamed|Abdullahi|Hassan|Al-Masri|Haddad|Okonkwo|Adeyemi|Mensah|Mbeki|"
    "van der Berg|de Boer|Van Dijk|Postma|Veldman|Nyhof|O'Brien|McDonald|MacLeod|Fraser|Sinclair|"
    "Leavitt|Stringham|Beazer|Tolley|Burbidge|Tremblay|Gagnon|Bouchard|St-Pierre|D'Amours|Lavallee|"
    "Kerr|Baird|Lund|Hansen|Olsen|Lindqvist|Schmidt|Richter|Weber|Zimmermann|Marchetti|Delacroix"
).split("|")

SCHOOLS = (
    "Hunter Creek Elementary School", "Grace Parker High School", "Stone Ridge Middle School",
    "Ecole Sainte-Claire", "Jackson Heights School",
)  # fmt: skip
