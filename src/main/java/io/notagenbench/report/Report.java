package io.notagenbench.report;

import io.notagenbench.document.Document;
import io.notagenbench.document.Section;
import io.notagenbench.results.RunFolder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Everything that one results folder or several have to say, the answer first. */
public final class Report {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);

    private Report() {
    }

    /**
     * @param folders at least one; a merge is as many runs as were merged
     * @throws io.notagenbench.fault.Fault if one of them holds no readable run
     */
    public static Document of(List<RunFolder> folders) {
        List<RunResults> runs = RunReader.read(folders);
        List<Section> sections = new ArrayList<>();
        runs.forEach(run -> sections.add(named(run, AnswerSection.of(run), runs)));
        sections.add(ArticleSection.of(runs));
        runs.forEach(run -> sections.addAll(sections(run).stream().map(section -> named(run, section, runs)).toList()));
        return new Document("notagen-bench: " + runs.stream().map(RunResults::name).collect(Collectors.joining(", ")),
                runs.stream().map(Report::where).filter(words -> !words.isEmpty()).collect(Collectors.joining("; ")),
                sections.stream().filter(section -> !section.isEmpty()).toList());
    }

    private static String where(RunResults run) {
        return run.environment().isKnown() ? run.machine() + ", " + day(run.environment().started()) : "";
    }

    /** A moment as people write it; unchanged where it is not one. */
    private static String day(String started) {
        try {
            return DAY.format(Instant.parse(started).atOffset(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return started;
        }
    }

    /** Among several runs a section says whose it is. */
    private static Section named(RunResults run, Section section, List<RunResults> runs) {
        return runs.size() == 1 ? section : new Section(section.id(), run.name() + ": " + section.title(),
                section.appendix(), section.blocks());
    }

    private static List<Section> sections(RunResults run) {
        List<Section> sections = new ArrayList<>(List.of(LadderSection.of(run), ParetoSection.of(run), ScoreSection.of(run),
                StretchSection.of(run), PieceSections.times(run), PieceSections.contents(run), DraftSection.of(run), HandOverSection.of(run), BatchSection.of(run),
                ServiceSection.of(run), StageSections.stages(run), WindowSection.of(run), TuningSection.of(run)));
        sections.addAll(RooflineSections.of(run));
        sections.addAll(List.of(OtherSections.samplingAndText(run), OtherSections.loads(run), MemorySection.of(run),
                OutcomeSections.outcomes(run), DriftSection.of(run), EnvironmentSection.of(run),
                OutcomeSections.all(run)));
        return sections;
    }
}
