package io.notagenbench.sweep;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.MemoryFit;
import io.notagenbench.fault.Outcome;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Precision;
import io.notagenbench.results.Cell;
import io.notagenbench.results.CellRow;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How much memory a cell takes, in bytes and compared with another cell, from its parameters alone. */
final class Footprint {

    /** Parameters of which a larger value takes more memory. */
    private static final Set<String> SIZES = labels(Parameter.PATCH_LENGTH.label(), Parameter.CONTEXT.label(),
            Parameter.BUFFER.label(), Parameter.BATCH.label());

    /** Parameters that take no memory. */
    private static final Set<String> WITHOUT = labels(Parameter.TEMPERATURE.label(), Parameter.TOP_K.label(),
            Parameter.TOP_P.label(), Parameter.SEED.label());

    private final Map<String, ModelConfig> configs = new HashMap<>();
    private final Map<List<String>, Long> weights = new HashMap<>();

    private static Set<String> labels(String... labels) {
        return Arrays.stream(labels).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the first of two cells takes at most what the second takes. */
    boolean isWithin(Cell small, Cell large) {
        return family(small).equals(family(large)) && weights(small) <= weights(large)
                && SIZES.stream().allMatch(size -> size(small, size) <= size(large, size));
    }

    /** Why a cell cannot fit, given how another cell ended; empty if that does not follow. */
    Optional<String> refusal(Cell cell, CellRow ended) {
        boolean full = ended.outcome() == Outcome.OOM_DEVICE || ended.outcome() == Outcome.OOM_HOST;
        return full && isWithin(ended.cell(), cell)
                ? Optional.of("It cannot fit: " + ended.cell().label() + ", which takes no more memory, ended as "
                        + ended.outcome() + ".")
                : Optional.empty();
    }

    /** What two cells must have in common so that one can be smaller than the other. */
    Map<String, String> family(Cell cell) {
        Map<String, String> common = new TreeMap<>(cell.params());
        common.keySet().removeAll(SIZES);
        common.keySet().removeAll(WITHOUT);
        common.remove(Parameter.MODEL.label());
        common.put("", cell.benchmark());
        return common;
    }

    /** An order in which no cell of a family comes before one that is within it. */
    int compare(Cell first, Cell second) {
        int byWeights = Long.compare(weights(first), weights(second));
        return byWeights != 0 ? byWeights : Long.compare(sizes(first), sizes(second));
    }

    private static long sizes(Cell cell) {
        return SIZES.stream().mapToLong(size -> size(cell, size)).sum();
    }

    private static long size(Cell cell, String name) {
        return Long.parseLong(cell.params().getOrDefault(name, "0"));
    }

    private long weights(Cell cell) {
        return cell.params().containsKey(Parameter.MODEL.label())
                ? weights.computeIfAbsent(List.of(value(cell, Parameter.MODEL), value(cell, Parameter.PRECISION), kind(cell).name()),
                        key -> MemoryFit.weightBytes(config(value(cell, Parameter.MODEL)), precision(cell), kind(cell))) : 0;
    }

    /** What a cell with a model is predicted to take; empty for one without. */
    Optional<MemoryFit> predicted(Cell cell) {
        return MemoryFit.of(cell.params(), this::config);
    }

    private ModelConfig config(String model) {
        return configs.computeIfAbsent(model, ModelSource::config);
    }

    private static Device.Kind kind(Cell cell) {
        return Device.each(value(cell, Parameter.DEVICE)).get(0).kind();
    }

    private static Precision precision(Cell cell) {
        return Precision.of(value(cell, Parameter.PRECISION));
    }

    private static String value(Cell cell, Parameter parameter) {
        return cell.params().getOrDefault(parameter.label(), parameter.defaultValue());
    }
}
