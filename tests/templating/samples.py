"""Sample products, written by hand on the originals of this repository: what the composing step would hand over."""

# ruff: noqa: E501 - sentences of the originals stand on one line, so that they can be searched for

from __future__ import annotations

from briefpack.diagnostics import Location
from briefpack.pack.edtf import Edtf, parse_edtf
from briefpack.products import model as m
from briefpack.sources.model import PassageKind

FILE = "content/summaries/public-works.md"


def edtf(text: str) -> Edtf:
    found = parse_edtf(text)
    assert found is not None
    return found


def head(language: str = "en", **changes: object) -> m.Head:
    values: dict[str, object] = {
        "audience": "donors",
        "audience_title": "For donors",
        "language": language,
        "pack_title": "Migration and reintegration in El Salvador",
        "pack_subtitle": "Six sources, read and compared. Every statement leads back to the passage on which it rests.",
        "organisation": "Briefing desk",
        "contact": "",
        "disclaimer": "Statements report what the sources say.",
        "marking": "",
        "date": edtf("2026-11-22"),
    }
    return m.Head(**(values | changes))  # type: ignore[arg-type]


class Notes:
    """Numbers evidence notes from 1, as the composing step does for each section."""

    def __init__(self, prefix: str, source: str = "public-works", language: str = "en", short: str = "") -> None:
        self.prefix = prefix
        self.source = source
        self.language = language
        self.short = short
        self.count = 0

    def note(
        self, text: str | tuple[str, ...], passage: int, href: str = "", short: str | None = None, last: int = 0
    ) -> m.Note:
        self.count += 1
        fragments = (text,) if isinstance(text, str) else text
        return m.Note(
            self.count,
            f"{self.prefix}-note-{self.count}",
            fragments,
            m.Locator(passage, last or passage),
            self.language,
            self.source,
            self.short if short is None else short,
            href,
        )


def cited(anchor: str, place: m.Place, *parts: str | m.Note | m.NoteRef, **changes: object) -> m.Cited:
    """A statement from texts and notes: a note leaves its figure in the prose."""
    prose = tuple(m.NoteRef(part.number) if isinstance(part, m.Note) else part for part in parts)
    notes = tuple(part for part in parts if isinstance(part, m.Note))
    words = sum(len(part.split()) for part in prose if isinstance(part, str))
    values: dict[str, object] = {"anchor": anchor, "place": place, "prose": prose, "notes": notes, "words": words}
    values["location"] = Location(FILE, 100 + words, 5)
    return m.Cited(**(values | changes))  # type: ignore[arg-type]


def reference(**changes: object) -> m.Reference:
    values: dict[str, object] = {
        "source": "public-works",
        "short": "Public works",
        "author": "",
        "title": "UN Migration Agency Contributes to Municipal Development in El Salvador",
        "container": "",
        "publisher": "International Organization for Migration",
        "language": "en",
        "issued": edtf("?2017-11-14"),
        "issued_inferred": True,
        "url": "",
        "files": ("003_62dc29989b251171.txt",),
        "quoted": 8,
        "passages": 12,
        "attached": "original",
        "anchor": "source-public-works",
        "annex_href": "#annex-public-works",
    }
    return m.Reference(**(values | changes))  # type: ignore[arg-type]


def figure(anchor: str, notes: m.Note | m.NoteRef, measure: str, value: str, unit: str, **changes: object) -> m.Figure:
    places = changes.pop("places", ("San Miguel", "Usulután", "Zacatecoluca"))
    period = changes.pop("period", edtf("2017"))
    qualifier = changes.pop("qualifier", "")
    derived = changes.pop("derived", ())
    is_rank = changes.pop("is_rank", False)
    statement = cited(anchor, m.Place("figure"), notes, derived=derived, **changes)
    return m.Figure(statement, measure, places, period, value, qualifier, unit, is_rank)  # type: ignore[arg-type]


def brief(language: str = "en", annex: bool = False, prefix: str = "pw", **changes: object) -> m.Brief:
    """The brief on the public works; with `annex` its locators lead into the annex of the same document."""
    notes = Notes(prefix)

    def note(text: str | tuple[str, ...], passage: int, **more: object) -> m.Note:
        return notes.note(text, passage, href=f"#annex-pw-{passage}" if annex else "", **more)  # type: ignore[arg-type]

    families = note(
        "the regeneration of public areas that will directly benefit 9,000 Salvadoran families, among them returned migrants",
        2,
    )
    launch = note(
        "municipal Mayors of San Miguel, Usulután and Zacatecoluca today (14/11) launched the regeneration of public areas",
        2,
    )
    funds = note("implemented by IOM with USAID funds and contributions from municipal governments", 9)
    priorities = note(
        "communities that have high rates of returnees and have been identified as priorities by the government through the El Salvador Seguro Plan",
        10,
    )
    lead = (
        cited(
            f"{prefix}-lead-1",
            m.Place("lead", 1),
            "IOM carries out the works in San Miguel, Usulután and Zacatecoluca",
            launch,
            " with USAID funds and contributions from the municipalities.",
            funds,
        ),
        cited(
            f"{prefix}-lead-2",
            m.Place("lead", 2),
            "They stand where returns are high and the government has set its priorities.",
            priorities,
        ),
    )
    money = note("a total of 85 communities will benefit directly with an investment of almost USD 500,000", 9)
    figures = (
        figure(f"{prefix}-f1", m.NoteRef(families.number), "Families to benefit directly", "9,000", "families"),
        figure(f"{prefix}-f2", money, "Communities to benefit directly", "85", "communities"),
        figure(f"{prefix}-f3", m.NoteRef(money.number), "Investment", "500,000", "USD", qualifier="almost"),
        figure(
            f"{prefix}-f4",
            m.NoteRef(money.number),
            "Investment for each community",
            "5,900",
            "USD",
            qualifier="less than",
            derived=("USD 5,900 ~ USD 500,000 / 85",),
        ),
    )
    works = [
        note("the municipal gymnasium and Juanita Guerrero Park in Usulután", 7),
        note("the communal house of Colonia Santa Inés in San Miguel", 7),
        note(
            "community house of Colonia Buena Vista and soccer field at Hato Hasbún Sports Complex in Zacatecoluca", 7
        ),
    ]
    point = "point"
    points = (
        cited(
            f"{prefix}-p1",
            m.Place(point, 1),
            "Works include a gymnasium and a park in Usulután,",
            works[0],
            " a communal house in San Miguel,",
            works[1],
            " and a community house and soccer field in Zacatecoluca.",
            works[2],
        ),
        cited(
            f"{prefix}-p2",
            m.Place(point, 2),
            "The spaces are to bring communities together",
            note(
                "promote community coexistence, provide leisure and recreation spaces, enhance social cohesion and community strengthening",
                4,
            ),
            " and are expected to help prevent irregular migration and social violence.",
            note("with expectation that this will help prevent irregular migration and social violence", 4),
        ),
        cited(
            f"{prefix}-p3",
            m.Place(point, 3),
            "For IOM’s chief of mission, dignified places where returned migrants can form links are one way of helping them reintegrate.",
            note(
                (
                    "The generation of dignified environments in these communities",
                    "is one of those angles for which it becomes a priority for us",
                ),
                5,
            ),
        ),
        cited(
            f"{prefix}-p4",
            m.Place(point, 4),
            "**Focus groups** with women, young people and relatives of migrants and returnees are to define how reintegration is done.",
            note(
                "focus groups are being organized with women, relatives of migrants and returnees, adolescents and young people to define the processes to be applied for reincorporation",
                8,
            ),
            tags=("internal",),
        ),
    )
    returns = note("between January and September of 2017, San Miguel received 1,058 returnees", 11)
    months = edtf("2017-01/2017-09")
    bars = (
        figure(
            f"{prefix}-c1", returns, "Returnees received", "1,058", "returnees", places=("San Miguel",), period=months
        ),
        figure(
            f"{prefix}-c2",
            note("Usulután received 558, which positioned it in fourth place", 11),
            "Returnees received",
            "558",
            "returnees",
            places=("Usulután",),
            period=months,
        ),
        figure(
            f"{prefix}-c3",
            note("Zacatecoluca welcomed 274 returning migrants", 11),
            "Returnees received",
            "274",
            "returnees",
            places=("Zacatecoluca",),
            period=months,
        ),
    )
    desk = {"desk": True}
    cautions = (
        cited(
            f"{prefix}-x1",
            m.Place("caution", 1),
            "**Plans, not results.** The source announces a launch. It reports no finished work and no measured effect.",
            **desk,
        ),
        cited(
            f"{prefix}-x2",
            m.Place("caution", 2),
            "**The year is inferred.** The source says only “(14/11)”. The year 2017 follows from its figures on returns.",
            **desk,
        ),
        cited(
            f"{prefix}-x3",
            m.Place("caution", 3),
            "**Two units.** Families and communities are counted apart and never related. Do not combine them.",
            **desk,
        ),
    )
    analysis = (
        cited(
            f"{prefix}-a1",
            m.Place("analysis", 1),
            "Before committing further funds, ask how the cost is shared, how many families each site will serve, and how an effect on irregular migration would be measured.",
            **desk,
        ),
    )
    values: dict[str, object] = {
        "id": "public-works",
        "head": head(language),
        "anchor": f"{prefix}-brief",
        "short": "Public works",
        "tags": ("internal",),
        "headline": cited(
            f"{prefix}-headline",
            m.Place("headline"),
            "Renewed public spaces are to benefit 9,000 families, returned migrants among them",
            families,
        ),
        "lead": lead,
        "figures": figures,
        "charts": (
            m.Chart(
                "returns",
                "bar",
                "Returnees received",
                (),
                months,
                "returnees",
                bars,
                (1058.0, 558.0, 274.0),
                (1.0, 0.527, 0.259),
            ),
        ),
        "points": points,
        "definitions": (),
        "recommendations": (),
        "cautions": cautions,
        "analysis": analysis,
        "reference": reference(),
    }
    return m.Brief(**(values | changes))  # type: ignore[arg-type]


def heading(number: int, text: str, level: int = 1) -> m.AnnexPassage:
    return m.AnnexPassage(number, f"annex-pw-{number}", PassageKind.HEADING, level, (text,), ())


def overview(annex: bool = False) -> m.Overview:
    notes = Notes("ov", short="Public works")

    def block(number: int, title: str, *parts: str | m.Note) -> tuple[m.Prosaic, m.Prosaic]:
        place = m.Place("overview", number)
        return (
            m.Prosaic("heading", 2, cited(f"ov-h{number}", place, title)),
            m.Prosaic("paragraph", 0, cited(f"ov-{number}", place, *parts)),
        )

    href = "#annex-pw-11" if annex else ""
    body = (
        *block(
            1,
            "Returns are concentrated",
            "From January to September 2017 San Miguel received 1,058 returnees,",
            notes.note("San Miguel received 1,058 returnees", 11, href),
            " more than any other municipality.",
            notes.note("the municipality with the highest number of returns nationwide so far, this year", 11, href),
        ),
        *block(
            2,
            "Municipalities are asked to do more",
            "Zacatecoluca began the country’s first municipal office for migrants and their families.",
            notes.note(
                "the creation of the first municipal office at a national level to care for the migrant and their families was initiated",
                9,
                "",
                "Zacatecoluca",
            ),
        ),
        m.Prosaic(
            "item",
            0,
            cited(
                "ov-i1",
                m.Place("overview", 3),
                "It is to advise on the prevention of irregular migration;",
                notes.note("advice on the prevention of irregular migration", 9, "", "Zacatecoluca"),
            ),
        ),
        m.Prosaic(
            "item",
            0,
            cited(
                "ov-i2",
                m.Place("overview", 3),
                "it assists returnees and links them with Salvadorans abroad.",
                notes.note("assistance to returnees and links with Salvadorans abroad", 9, "", "Zacatecoluca"),
            ),
        ),
        m.Prosaic(
            "paragraph",
            0,
            cited(
                "ov-a",
                m.Place("analysis"),
                "What the six leave out matters as much. None gives a figure for what becomes of people after they return: how many found work, went back to school, or left again.",
                desk=True,
            ),
        ),
    )
    return m.Overview("overview", head(), "overview", "Overview", (), body)


def comparison(columns: int = 3, rows: int = 7, **changes: object) -> m.ComparisonSheet:
    """Smuggling and trafficking in three sources; more columns repeat them."""
    notes = Notes("sm", "explainer")
    sources = [
        ("explainer", "The explainer", "Migrant smuggling, trafficking in persons, and white slave trafficking"),
        (
            "training",
            "The training report",
            "IOM and the Government of El Salvador Strengthen the Skills of More than 170 Civil Servants",
        ),
        ("consultation", "The national consultation", "Results of the National Consultation Process of El Salvador"),
    ]
    heads = tuple(
        m.Column(
            f"{sources[i % 3][0]}-{i}",
            sources[i % 3][1],
            reference(
                source=sources[i % 3][0],
                short=sources[i % 3][1],
                title=sources[i % 3][2],
                publisher="",
                issued=None,
                attached="",
            ),
        )
        for i in range(columns)
    )
    said = [
        (
            "What is trafficking?",
            "Exploiting a person to benefit another.",
            "all those forms of exploitation for the benefit of a third party",
            3,
        ),
        (
            "What is smuggling?",
            "Helping people cross a border illegally.",
            "supporting the illegal transfer of a person across border",
            9,
        ),
        (
            "Who is wronged?",
            "The State, by smuggling; the person, by trafficking.",
            "traffic violates the laws of the State that is illegally entered, while trafficking violates the human rights of a person",
            9,
        ),
        ("Where to act?", "Trafficking can be domestic.", "can occur within a country or internationally", 3),
        (
            "Which law?",
            "A UN convention covers both.",
            "included in the United Nations Convention against Transnational Organized Crime",
            13,
        ),
        (
            "What help for victims?",
            "Shelters for trafficking victims.",
            "shelters for receiving trafficking victims",
            98,
        ),
        (
            "How many cases?",
            "59 trafficking convictions as of 2016.",
            "59 total convictions for the crime of human trafficking as of 2016",
            2,
        ),
    ]

    def cell(row: int, column: int) -> m.Cell:
        title, text, quote, passage = said[row % 7]
        if row % 7 in (0, 1) and column % 3:
            return m.Cell("silent")
        if row % 7 == 5 and column % 3 == 1:
            return m.Cell("unclear", why="it names shelters without saying for whom")
        place = m.Place("cell", 0, f"{title} / {heads[column].title}")
        statement = cited(f"sm-{row}-{column}", place, text, notes.note(quote, passage))
        return m.Cell(
            "statement",
            statement,
            differs=row == 3 and column % 3 != 1,
            cautions=("A",) if (row, column) == (2, 0) else (),
        )

    reading = cited(
        "sm-reading",
        m.Place("reading"),
        "The explainer says that trafficking needs no border. The consultation puts border control first for trafficking and smuggling alike.",
        desk=True,
    )
    table = tuple(
        m.Row(
            f"r{row}",
            row + 1,
            said[row % 7][0],
            "",
            tuple(cell(row, column) for column in range(columns)),
            row == 3,
            reading if row == 3 else None,
        )
        for row in range(rows)
    )
    caution = cited(
        "sm-caution",
        m.Place("caution", 1),
        "In row 3 the explainer writes “traffic” where the sense requires **smuggling**: the Spanish *tráfico de migrantes* is migrant smuggling.",
        desk=True,
    )
    values: dict[str, object] = {
        "id": "smuggling-trafficking",
        "head": head(),
        "anchor": "comparison-smuggling",
        "kind": "statements",
        "title": "Smuggling is not trafficking; one source of three says why",
        "short": "Smuggling and trafficking",
        "question": "",
        "tags": (),
        "columns": heads,
        "rows": table,
        "reading": (),
        "cautions": (m.LetteredCaution("A", caution),),
        "body": (),
        "references": tuple(column.reference for column in heads[:3] if column.reference),
    }
    return m.ComparisonSheet(**(values | changes))  # type: ignore[arg-type]


PARAGRAPHS = (
    "UN Migration Agency Contributes to Municipal Development in El Salvador",
    "Usulután – Representatives from IOM, the UN Migration Agency, USAID, El Salvador’s Presidency and |municipal Mayors of San Miguel, Usulután and Zacatecoluca today (14/11) launched |the regeneration of public areas that will directly benefit 9,000 Salvadoran families, among them returned migrants|.",
    "The official events were attended by the Ambassador of the United States to El Salvador, Jean Manes; USAID’s Director, Peter Natiello; the Salvadoran Undersecretary of Governance, Antonio Morales; IOM Chief of Mission for El Salvador, Guatemala and Honduras, Jorge Peraza-Breedy; the Municipal Mayor of Zacatecoluca, Francisco Hirezi; the Municipal Mayor of San Miguel, Miguel Pereira and the Acting Municipal Mayor of Usulután, Salvador Lovo.",
    "The infrastructure works will |promote community coexistence, provide leisure and recreation spaces, enhance social cohesion and community strengthening|, |with expectation that this will help prevent irregular migration and social violence|.",
    "“We are convinced that the challenges we tackle in the face of the discrimination suffered by returnees must be addressed from different angles. |The generation of dignified environments in these communities|, where returned and migrant populations can establish links that help them reintegrate, is one of those angles for which it becomes a priority for us. Therefore, we contribute to the creation of open, recreational and sports areas,” said Peraza-Breedy.",
    "“We recognize that the community has many capacities to advocate, fight and work to make their projects a reality; and this place can help bring their ideas and initiatives to life, giving them a space to dialogue, to organize and to discuss the possibilities that are before you all,” said Ambassador Manes.",
    "Some of the facilities being worked on include |the municipal gymnasium and Juanita Guerrero Park in Usulután|; |the communal house of Colonia Santa Inés in San Miguel|; community house of Colonia Buena Vista and soccer field at Hato Hasbún Sports Complex in Zacatecoluca.",
    "In parallel, IOM is working closely with municipal governments and communities to ensure that infrastructure works respond to local development needs with a reintegration approach. For this reason, |focus groups are being organized with women, relatives of migrants and returnees, adolescents and young people to define the processes to be applied for reincorporation|. Based on these findings, training will be provided to strengthen knowledge of migration and reintegration.",
    "With construction in these three departments, |a total of 85 communities will benefit directly with an investment of almost USD 500,000| under the framework of the Return and Reintegration in the Northern Triangle of Central America project, |implemented by IOM with USAID funds and contributions from municipal governments|.",
    "IOM works closely with municipalities and |communities that have high rates of returnees and have been identified as priorities by the government through the El Salvador Seguro Plan|.",
    "According to data from the General Directorate of Immigration and Foreign Affairs (DGME), |between January and September of 2017, San Miguel received 1,058 returnees|, making it |the municipality with the highest number of returns nationwide so far, this year|. Meanwhile, |Usulután received 558, which positioned it in fourth place|, and |Zacatecoluca welcomed 274 returning migrants|.",
)


def annex(**changes: object) -> m.Annex:
    """The original of the public works, its quoted words marked; odd runs between bars are highlights."""
    passages = []
    for number, text in enumerate(PARAGRAPHS, 1):
        runs: list[str | m.Highlight | m.Withheld] = []
        references: list[m.BackReference] = []
        for index, run in enumerate(text.split("|")):
            if index % 2 == 0 and not (number == 2 and index == 2):
                runs.append(run)
                continue
            letter = "abcdefg"[len(references)]
            runs.append(m.Highlight(run, (letter,), (f"annex-pw-{number}-mark-{letter}",)))
            references.append(m.BackReference(letter, "Public works", m.Place("point", 1 + index // 2), "#pw-p1"))
        if number == 2:
            references.append(m.BackReference("b", "Overview", m.Place("overview", 1), "#ov-1"))
        kind = PassageKind.HEADING if number == 1 else PassageKind.PARAGRAPH
        notes = ("The source gives no year. 2017 follows from ¶ 11.",) if number == 2 else ()
        passages.append(
            m.AnnexPassage(
                number,
                f"annex-pw-{number}",
                kind,
                int(number == 1),
                tuple(run for run in runs if run),
                tuple(references),
                notes,
            )
        )
    passages.append(
        m.AnnexPassage(
            12,
            "annex-pw-12",
            PassageKind.PARAGRAPH,
            0,
            (m.Withheld("names, telephone numbers and e-mail addresses of contact persons"),),
            (),
        )
    )
    values: dict[str, object] = {
        "head": head(),
        "anchor": "annex-public-works",
        "reference": reference(),
        "passages": tuple(passages),
        "language": "en",
    }
    return m.Annex(**(values | changes))  # type: ignore[arg-type]


def record() -> m.RecordSheet:
    notes = Notes("pwr")
    body = (
        m.Prosaic("heading", 2, cited("pwr-h1", m.Place("text"), "Who took part")),
        m.Prosaic(
            "paragraph",
            0,
            cited(
                "pwr-1",
                m.Place("text", 1),
                "The launch was attended by the ambassador of the United States,",
                notes.note("the Ambassador of the United States to El Salvador, Jean Manes", 3),
                " the director of USAID",
                notes.note("USAID’s Director, Peter Natiello", 3),
                " and the mayors of the three municipalities.",
                notes.note("the Municipal Mayor of Zacatecoluca, Francisco Hirezi", 3),
            ),
        ),
        m.Prosaic(
            "ordered",
            0,
            cited(
                "pwr-2",
                m.Place("text", 2),
                "First, the works.",
                notes.note("Some of the facilities being worked on", 7),
            ),
        ),
        m.Prosaic(
            "ordered",
            0,
            cited(
                "pwr-3",
                m.Place("text", 3),
                "Then the training.",
                notes.note("training will be provided to strengthen knowledge", 8),
            ),
        ),
        m.Prosaic(
            "paragraph", 0, cited("pwr-4", m.Place("analysis"), "Nothing is said of the cost of upkeep.", desk=True)
        ),
    )
    rank = figure(
        "pwr-f",
        notes.note("which positioned it in fourth place", 11),
        "Place among municipalities by number of returnees",
        "4",
        "rank",
        places=("Usulután",),
        is_rank=True,
    )
    definitions = (
        m.Definition(
            "Returnee",
            cited(
                "pwr-d",
                m.Place("definition", 1),
                "A person whom the migration authority registers on return.",
                notes.note("According to data from the General Directorate of Immigration", 11),
            ),
        ),
    )
    recommendations = (
        m.Recommendation(
            "Donors", "desk", cited("pwr-r1", m.Place("recommendation", 1), "Ask how the cost is shared.", desk=True)
        ),
        m.Recommendation(
            "",
            "source",
            cited(
                "pwr-r2",
                m.Place("recommendation", 2),
                "Strengthen knowledge of migration.",
                notes.note("to strengthen knowledge of migration and reintegration", 8),
            ),
        ),
    )
    actors = (
        m.Actor(
            "IOM", cited("pwr-a", m.Place("actor", 1), "Carries out the works.", notes.note("implemented by IOM", 9))
        ),
    )
    events = (
        m.Event(
            edtf("?2017-11-14"),
            cited(
                "pwr-e",
                m.Place("event", 1),
                "The works are launched.",
                notes.note("today (14/11) launched the regeneration of public areas", 2),
            ),
        ),
    )
    return m.RecordSheet(
        "public-works",
        head(),
        "pw-record",
        "Public works",
        (),
        (rank,),
        (),
        definitions,
        recommendations,
        actors,
        events,
        body,
        reference(),
    )


def timeline() -> m.Timeline:
    notes = Notes("tl", short="Public works")
    rows = (
        ("1996", "The Regional Conference on Migration is created."),
        ("2016-09-19", "The New York Declaration is adopted."),
        ("2017-01/2017-09", "San Miguel receives 1,058 returnees."),
        ("2017-09-07/2017-09-08", "Salvadoran institutions meet on the country’s position."),
        ("?2017-11-14", "Works on public areas are launched."),
    )
    events = tuple(
        m.Event(
            edtf(date),
            cited(f"tl-{i}", m.Place("event", i), text, notes.note("words of the source that date this event", i)),
            "public-works",
            "Public works",
        )
        for i, (date, text) in enumerate(rows, 1)
    )
    return m.Timeline(head(), "timeline", events)


def dossier(**changes: object) -> m.Dossier:
    """Two parts, all kinds of section, links from notes into the annex and back."""
    marks = (
        m.CoverMark("Public works", (False, True, False, True, True, False, True, True, True, True, True, False)),
        m.CoverMark("Consultation", tuple(i in (0, 3, 4, 73, 92, 93, 95, 97, 98) for i in range(104))),
    )
    second = reference(
        source="consultation",
        short="Consultation",
        author="Ministerio de Relaciones Exteriores de El Salvador",
        title="Results of the National Consultation Process of El Salvador for Establishing a Position Regarding the Global Compact",
        issued=None,
        issued_inferred=False,
        anchor="source-consultation",
        annex_href="",
        quoted=9,
        passages=104,
        files=("004_c658a4fbeda8366b.txt",),
        note="Lists “Facilitate irregular migration” among the commitments for safe migration (¶ 49).",
    )
    entries = (
        m.ContentsEntry("Overview", "What the sources say together", "overview", 1),
        m.ContentsEntry("What the sources date", "Five events, 1996 to 2017", "timeline", 1),
        m.ContentsEntry("Return and reintegration", "", "part-1", 1),
        m.ContentsEntry("Public works", "Renewed public spaces are to benefit 9,000 families", "pw-brief", 2),
        m.ContentsEntry("Public works, in detail", "", "pw-record", 2),
        m.ContentsEntry("Trafficking and smuggling", "", "part-2", 1),
        m.ContentsEntry(
            "Smuggling and trafficking", "Three sources, seven questions, one difference", "comparison-smuggling", 2
        ),
        m.ContentsEntry("Public works: original", "12 passages, 8 quoted", "annex-public-works", 1),
        m.ContentsEntry("Sources", "", "bibliography", 1),
        m.ContentsEntry("Colophon", "", "colophon", 1),
    )
    sections: tuple[m.Section, ...] = (
        m.Cover(head(), "cover", marks),
        m.Contents(head(), "contents", entries),
        overview(annex=True),
        timeline(),
        brief(annex=True),
        record(),
        comparison(),
        annex(),
        m.Bibliography(head(), "bibliography", (second, reference())),
        m.Colophon(
            head(),
            "colophon",
            (m.Input("content/pack.toml", "a1" * 32), m.Input("seeds/003_62dc29989b251171.txt", "62dc2998" * 8)),
            (m.Review("Public works", "A. Name", "2026-11-20", True),),
            41,
            6,
            33,
            1,
            "0.1.0",
        ),
    )
    parts = (
        (4, m.PartTitle("Return and reintegration", "part-1")),
        (6, m.PartTitle("Trafficking and smuggling", "part-2")),
    )
    values: dict[str, object] = {
        "id": "dossier",
        "head": head(),
        "title": "Migration and reintegration in El Salvador",
        "sections": sections,
        "parts": parts,
        "attachments": (),
    }
    return m.Dossier(**(values | changes))  # type: ignore[arg-type]
