package io.notagenbench.report;

import io.notagenbench.params.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Pieces that differ in the seed alone: several pieces of one setting.
 *
 * @param pieces at least one, one for each seed
 */
record SeedGroup(List<PieceResult> pieces) {

    private static final Set<String> SEED = Set.of(Parameter.SEED.label());

    /** A seed that was measured twice, as by two entries of a plan, counts once: the one with more samples. */
    SeedGroup {
        Map<String, PieceResult> seeds = new LinkedHashMap<>();
        pieces.forEach(piece -> seeds.merge(piece.value(Parameter.SEED), piece, (one, other) ->
                other.measurement().samples() > one.measurement().samples() ? other : one));
        pieces = List.copyOf(seeds.values());
    }

    /** All groups. */
    static List<SeedGroup> of(List<PieceResult> pieces) {
        Map<Map<String, String>, List<PieceResult>> groups = new LinkedHashMap<>();
        pieces.forEach(piece -> groups.computeIfAbsent(piece.without(SEED), setting -> new ArrayList<>()).add(piece));
        return groups.values().stream().map(SeedGroup::new).toList();
    }

    /** The group of one of them. */
    static SeedGroup around(PieceResult piece, List<PieceResult> pieces) {
        return new SeedGroup(pieces.stream().filter(other -> other.without(SEED).equals(piece.without(SEED))).toList());
    }

    PieceResult first() {
        return pieces.get(0);
    }

    int size() {
        return pieces.size();
    }

    /** Of a piece, in the mean over the seeds. */
    double seconds() {
        return StatUtils.mean(values(PieceResult::seconds));
    }

    /** Of the seconds over the seeds; of a single seed over its samples. */
    OptionalDouble deviation() {
        return size() > 1 ? OptionalDouble.of(Math.sqrt(StatUtils.variance(values(PieceResult::seconds))))
                : first().deviation();
    }

    /** In the mean. */
    OptionalDouble patches() {
        return pieces.stream().map(PieceResult::patches).allMatch(OptionalDouble::isPresent)
                ? OptionalDouble.of(StatUtils.mean(values(piece -> piece.patches().getAsDouble()))) : OptionalDouble.empty();
    }

    /** All seconds over all patches. */
    OptionalDouble secondsPerPatch() {
        OptionalDouble patches = patches();
        return patches.isPresent() && patches.getAsDouble() > 0 ? OptionalDouble.of(seconds() / patches.getAsDouble())
                : OptionalDouble.empty();
    }

    /** The largest peak in MiB. */
    OptionalDouble memory() {
        return pieces.stream().map(PieceResult::memory).filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble).max();
    }

    /** A number of each seed. */
    double[] values(ToDoubleFunction<PieceResult> of) {
        return pieces.stream().mapToDouble(of).toArray();
    }
}
