package io.notagenbench.report;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.document.Block;
import io.notagenbench.document.Facts;
import io.notagenbench.document.Prose;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.document.TableCell;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.MemoryFit;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.ProfilerMetric;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What cells with a model took of main memory or of a card, beside what was predicted from sizes. */
final class MemorySection {

    private static final double MIB = 1 << 20;
    private static final String HOST_NOTE = "In MiB. Weights are in the form that the kernels read. Loaded is the"
            + " process just after it loaded the model; the peaks are while it loaded and while it was measured, the"
            + " runtime included. Predicted is computed from the sizes of model, precision, window and batch; a sweep"
            + " skips cells that are predicted not to fit. The percentage is the larger peak over the prediction.";
    private static final String CARD_NOTE = "In MiB of the card. The peak is the most that the process had there, or"
            + " that the card had in use beyond what was in use before.";

    private final RunResults run;
    private final Map<String, ModelConfig> models = new HashMap<>();

    private MemorySection(RunResults run) {
        this.run = run;
    }

    static Section of(RunResults run) {
        MemorySection section = new MemorySection(run);
        Table host = section.host();
        Table card = section.card();
        List<Block> blocks = host.isEmpty() && card.isEmpty() ? section.missing()
                : List.of(host, new Prose(host.isEmpty() ? "" : HOST_NOTE), card, new Prose(card.isEmpty() ? "" : CARD_NOTE));
        return Section.of(run.id("memory"), "Memory, predicted and measured", blocks);
    }

    private List<Block> missing() {
        return run.measured().isEmpty() ? List.of() : List.of(new Facts(List.of(new Facts.Fact("Main memory was not measured",
                "no cell with a model has results of -prof rss"))));
    }

    private Table host() {
        Table.Builder table = table("main-memory", "weights", "loaded", "peak loading", "peak", "predicted", "% of predicted")
                .caption("Main memory");
        run.measured().forEach((row, cell) -> {
            OptionalDouble weights = cell.largest(ProfilerMetric.RSS_WEIGHTS);
            OptionalDouble loaded = cell.largest(ProfilerMetric.RSS_LOADED);
            if (weights.isPresent() && loaded.isPresent()) {
                OptionalDouble loading = cell.largest(ProfilerMetric.RSS_LOADING_PEAK);
                OptionalDouble peak = cell.largest(ProfilerMetric.RSS_PEAK);
                OptionalDouble predicted = predicted(row);
                table.add(row.cell().shortName(), cell.param("backend"), cell.param("decoding"), settings(row),
                        weights.getAsDouble(), loaded.getAsDouble(), TableCell.of(loading), TableCell.of(peak), TableCell.of(predicted),
                        share(Math.max(peak.orElse(0), loading.orElse(0)), predicted));
            }
        });
        return table.build();
    }

    private Table card() {
        Table.Builder table = table("card-memory", "peak", "predicted", "% of predicted").caption("Memory of the card");
        run.measured().forEach((row, cell) -> {
            OptionalDouble process = cell.largest(ProfilerMetric.VRAM_PROCESS);
            OptionalDouble peak = process.isPresent() ? process : cell.largest(ProfilerMetric.VRAM_ADDED);
            if (peak.isPresent()) {
                OptionalDouble predicted = cell.largest(ProfilerMetric.VRAM_PREDICTED);
                table.add(row.cell().shortName(), cell.param("backend"), cell.param("decoding"), settings(row),
                        peak.getAsDouble(), TableCell.of(predicted), share(peak.getAsDouble(), predicted));
            }
        });
        return table.build();
    }

    private Table.Builder table(String id, String... numbers) {
        String[] header = new String[4 + numbers.length];
        System.arraycopy(new String[] {"benchmark", "backend", "decoding", "settings"}, 0, header, 0, 4);
        System.arraycopy(numbers, 0, header, 4, numbers.length);
        return new Table.Builder(run.id(id), 4, header);
    }

    private static String settings(CellRow row) {
        return Settings.of(row, "backend", "decoding");
    }

    private static TableCell share(double peak, OptionalDouble predicted) {
        return predicted.isPresent() ? TableCell.of(100 * peak / predicted.getAsDouble()) : TableCell.NONE;
    }

    /** MiB; empty for what is on a card, and where the model is no longer there. */
    private OptionalDouble predicted(CellRow row) {
        try {
            return Device.areProcessors(row.params().getOrDefault(Parameter.DEVICE.label(), Parameter.DEVICE.defaultValue()))
                    ? MemoryFit.of(row.params(), model -> models.computeIfAbsent(model, ModelSource::config))
                            .map(fit -> OptionalDouble.of(fit.bytes() / MIB)).orElse(OptionalDouble.empty())
                    : OptionalDouble.empty();
        } catch (Fault e) {
            return OptionalDouble.empty();
        }
    }
}
