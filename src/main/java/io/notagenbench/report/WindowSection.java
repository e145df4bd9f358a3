package io.notagenbench.report;

import io.notagenbench.document.Chart;
import io.notagenbench.document.Prose;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.document.TableCell;
import io.notagenbench.params.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.math3.stat.StatUtils;

/** What a piece costs over the context window. */
final class WindowSection {

    private static final Set<String> WINDOW = Set.of(Parameter.PATCH_LENGTH.label(), Parameter.SEED.label());

    private WindowSection() {
    }

    static Section of(RunResults run) {
        Map<Map<String, String>, List<SeedGroup>> settings = new LinkedHashMap<>();
        SeedGroup.of(PieceResult.whole(run)).forEach(group ->
                settings.computeIfAbsent(group.first().without(WINDOW), setting -> new ArrayList<>()).add(group));
        Table.Builder table = new Table.Builder(run.id("patch-length"), 1, "settings", "patchLength", "seeds", "s/piece",
                "ms/patch", "patches", "cuts", "mean context");
        Map<String, List<Chart.Point>> lines = new LinkedHashMap<>();
        settings.values().stream().filter(groups -> groups.size() > 1).forEach(groups -> groups.stream()
                .sorted(Comparator.comparingInt(WindowSection::window)).forEach(group -> {
                    double milliseconds = 1e3 * group.secondsPerPatch().orElse(Double.NaN);
                    String name = TuningSection.settings(group, Parameter.PATCH_LENGTH);
                    table.add(name, window(group), group.size(), group.seconds(), milliseconds, TableCell.of(group.patches()),
                            StatUtils.mean(group.values(piece -> piece.counted().cuts)),
                            StatUtils.mean(group.values(WindowSection::meanContext)));
                    if (Double.isFinite(milliseconds)) {
                        lines.computeIfAbsent(name, key -> new ArrayList<>())
                                .add(new Chart.Point(window(group), milliseconds, ""));
                    }
                }));
        return Section.of(run.id("window"), "The context window", List.of(
                Charts.lines(run.id("window-chart"), "Milliseconds a patch over the context window", "patchLength in patches",
                        "ms a patch", lines),
                table.build(), new Prose("A piece for each window: a narrow one is cut more often, a wide one reads more at every"
                        + " step. Context is in patches, the mean of all calls.")));
    }

    private static int window(SeedGroup group) {
        return Integer.parseInt(group.first().value(Parameter.PATCH_LENGTH));
    }

    private static double meanContext(PieceResult piece) {
        return StageCounts.of(piece.measurement()).map(StageCounts::meanContext).orElse(Double.NaN);
    }
}
