package io.notagenbench.report;

import io.notagenbench.engine.Device;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Preset;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.PieceCounters;
import io.notagenbench.results.ProfilerMetric;
import io.notagenbench.results.Verification;
import io.notagenbench.statistics.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One setting that wrote a piece, with everything one decides by. Of a piece that is too long to be written often, a stretch
 * was measured: its times are those of the whole piece then, as {@link Projection} has them.
 *
 * @param run         it belongs to
 * @param row         its cell
 * @param measurement what was found
 */
record PieceResult(RunResults run, CellRow row, Measurement measurement) {

    /** What may differ between settings that answer the same question. */
    private static final Set<String> ARM = Set.of(Parameter.BACKEND.label(), Parameter.DECODING.label(),
            Parameter.PRECISION.label(), Parameter.THREADS.label(), Parameter.DEVICE.label(), Parameter.PROVIDER.label(),
            Parameter.CACHES.label());

    private static final Set<String> ARM_AND_SEED =
            Stream.concat(ARM.stream(), Stream.of(Parameter.SEED.label())).collect(Collectors.toUnmodifiableSet());

    /** What a closure depends on, the most important first. */
    private static final List<Parameter> BY_DISTANCE =
            List.of(Parameter.MODEL, Parameter.DECODING, Parameter.BACKEND, Parameter.PRECISION);

    private static final double MILLI = 1e-3;

    /**
     * All pieces, in the order of the plan. A stretch counts where the setting did not write the whole piece, or only once, which
     * tells how far the stretch is off.
     */
    static List<PieceResult> of(RunResults run) {
        List<PieceResult> stretches = stretches(run);
        List<PieceResult> whole = whole(run).stream().filter(piece -> piece.samplingError().isPresent()
                || stretches.stream().noneMatch(stretch -> stretch.isOf(piece))).toList();
        return Stream.concat(whole.stream(), stretches.stream().filter(stretch -> whole.stream().noneMatch(stretch::isOf)))
                .sorted(Comparator.comparingInt(piece -> piece.row().number())).toList();
    }

    /** The pieces that were written from beginning to end. */
    static List<PieceResult> whole(RunResults run) {
        return of(run, Measurements.PIECE).toList();
    }

    /** The pieces that are known from a stretch. */
    static List<PieceResult> stretches(RunResults run) {
        return of(run, Measurements.STRETCH).filter(stretch -> stretch.projection().isPresent()).toList();
    }

    private static Stream<PieceResult> of(RunResults run, String benchmark) {
        return run.measured().entrySet().stream().filter(entry -> entry.getKey().cell().shortName().equals(benchmark))
                .map(entry -> new PieceResult(run, entry.getKey(), entry.getValue()));
    }

    /** Whether this is a stretch of another piece, by the same arm. */
    boolean isOf(PieceResult piece) {
        return piece.value(Parameter.PATCHES).equals(Defaults.PATCHES) && agrees(piece, row.params().keySet());
    }

    /** Whether another piece has the same value of each of these parameters, but for the budget of patches. */
    private boolean agrees(PieceResult piece, Set<String> names) {
        return names.stream().filter(name -> !name.equals(Parameter.PATCHES.label()))
                .allMatch(name -> value(Parameter.of(name)).equals(piece.value(Parameter.of(name))));
    }

    /** From the stretch that was measured; empty where the whole piece was. */
    Optional<Projection> projection() {
        return Projection.of(measurement);
    }

    /**
     * The whole piece as a stretch tells it, as a percentage of the piece as it was written, of the arm nearest to this one: with
     * this model, or with another, which is farther than another decoding, backend or precision. Empty where no stretch beside a
     * whole piece on this device tells.
     */
    OptionalDouble closure() {
        Comparator<PieceResult> nearest = Comparator.comparingInt(stretch -> {
            int distance = 0;
            for (Parameter parameter : BY_DISTANCE) {
                distance = 2 * distance + (stretch.value(parameter).equals(value(parameter)) ? 0 : 1);
            }
            return distance;
        });
        List<PieceResult> whole = whole(run);
        return stretches(run).stream().filter(stretch -> stretch.agrees(this, Set.of(Parameter.DEVICE.label()))).sorted(nearest)
                .flatMap(stretch -> whole.stream().filter(stretch::isOf).limit(1)
                        .map(piece -> 100 * stretch.seconds() / piece.seconds()))
                .mapToDouble(Double::doubleValue).findFirst();
    }

    /**
     * How far the seconds may be off, as a share of them: half the 95 % interval of the samples, and how far a stretch was off
     * where the whole piece is known. Empty where one of both is not known.
     */
    OptionalDouble error() {
        if (samplingError().isEmpty() || projection().isPresent() && closure().isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(samplingError().getAsDouble()
                + (projection().isPresent() ? Math.abs(closure().getAsDouble() / 100 - 1) : 0));
    }

    /** Half the 95 % interval of the samples, as a share of their mean; empty where there are too few. */
    OptionalDouble samplingError() {
        Estimate estimate = estimate();
        return estimate.low() == null ? OptionalDouble.empty()
                : OptionalDouble.of((estimate.high() - estimate.low()) / 2 / estimate.mean());
    }


    /**
     * Settings that did the same work, by what they have in common. Of questions that differ in the seed alone the one that
     * most settings answer is taken for all; a question that only one setting answers counts only where no other is there.
     */
    static Map<Map<String, String>, List<PieceResult>> byQuestion(List<PieceResult> pieces) {
        Map<Map<String, String>, List<PieceResult>> questions = new LinkedHashMap<>();
        pieces.forEach(piece -> questions.computeIfAbsent(piece.without(ARM), question -> new ArrayList<>()).add(piece));
        Map<Map<String, String>, Map.Entry<Map<String, String>, List<PieceResult>>> apart = new LinkedHashMap<>();
        for (Map.Entry<Map<String, String>, List<PieceResult>> question : questions.entrySet()) {
            apart.merge(question.getValue().get(0).without(ARM_AND_SEED), question,
                    (first, second) -> second.getValue().size() > first.getValue().size() ? second : first);
        }
        Map<Map<String, String>, List<PieceResult>> kept = new LinkedHashMap<>();
        boolean anyRanked = apart.values().stream().anyMatch(question -> question.getValue().size() > 1);
        apart.values().stream().filter(question -> question.getValue().size() > 1 || !anyRanked && kept.isEmpty())
                .forEach(question -> kept.put(question.getKey(), question.getValue()));
        return kept;
    }

    /** Its parameters but for some. */
    Map<String, String> without(Set<String> names) {
        Map<String, String> rest = new LinkedHashMap<>(row.params());
        rest.keySet().removeAll(names);
        if (projection().isPresent()) {
            rest.remove(Parameter.PATCHES.label());
        }
        return rest;
    }

    /** The value of a parameter, its default where the benchmark does not have it. */
    String value(Parameter parameter) {
        return row.params().getOrDefault(parameter.label(), parameter.defaultValue());
    }

    /** Backend, decoding, precision and what else is not usual, in words. */
    String arm() {
        return value(Parameter.BACKEND) + " " + value(Parameter.DECODING)
                + (isExact() ? "" : " " + value(Parameter.PRECISION)) + where();
    }

    /** Decoding and what else is not usual but the precision, in words. */
    String decoding() {
        return value(Parameter.DECODING) + where();
    }

    private String where() {
        String device = value(Parameter.DEVICE);
        return (device.equals(Defaults.DEVICE) ? "" : " " + device) + (value(Parameter.THREADS).equals(Defaults.THREADS) ? ""
                : ", threads=" + value(Parameter.THREADS));
    }

    /** Of the whole piece. */
    double seconds() {
        return projection().map(Projection::pieceMilliseconds).orElseGet(measurement::milliseconds) * MILLI;
    }

    /** The standard deviation of the pieces, in seconds. */
    OptionalDouble deviation() {
        Double sd = estimate().sd();
        return sd == null ? OptionalDouble.empty() : OptionalDouble.of(sd * toSeconds());
    }

    /** Whether the intervals of two settings overlap or one of them is not known, so that neither is shown to be faster. */
    boolean isNotToldFrom(PieceResult other) {
        Estimate mine = estimate();
        Estimate theirs = other.estimate();
        return mine.low() == null || theirs.low() == null
                || mine.low() * toSeconds() <= theirs.high() * other.toSeconds()
                && theirs.low() * other.toSeconds() <= mine.high() * toSeconds();
    }

    private Estimate estimate() {
        return measurement.measured().estimate();
    }

    private double toSeconds() {
        return seconds() / measurement.score();
    }

    /** What was counted of it, in the mean over its samples; NaN where it was not. */
    PieceCounters counted() {
        return measurement.mean(PieceCounters.class);
    }

    /** Patches of text that were written, the end patch included. */
    OptionalDouble patches() {
        double patches = projection().map(projection -> projection.counted().piecePatches).orElseGet(() -> counted().patches);
        return Double.isNaN(patches) ? OptionalDouble.empty() : OptionalDouble.of(patches);
    }

    /** Seconds for each of them. */
    OptionalDouble secondsPerPatch() {
        OptionalDouble patches = patches();
        return patches.isPresent() && patches.getAsDouble() > 0 ? OptionalDouble.of(seconds() / patches.getAsDouble())
                : OptionalDouble.empty();
    }

    /** The peak while it was measured, in MiB: of the card where it ran on one, otherwise of the process. */
    OptionalDouble memory() {
        OptionalDouble card = measurement.largest(ProfilerMetric.VRAM_PROCESS);
        if (card.isEmpty()) {
            card = measurement.largest(ProfilerMetric.VRAM_PEAK);
        }
        return card.isPresent() || !isOnCpu() ? card : measurement.largest(ProfilerMetric.RSS_PEAK);
    }

    boolean isOnCpu() {
        return Device.areProcessors(value(Parameter.DEVICE));
    }

    /** Joules for a piece: of the card where it ran on one, otherwise of the processor. */
    OptionalDouble joules() {
        OptionalDouble measured = measurement.mean(isOnCpu() ? ProfilerMetric.RAPL_OP : ProfilerMetric.ENERGY_OP);
        return measured.isPresent() && projection().isPresent()
                ? OptionalDouble.of(measured.getAsDouble() * seconds() / (measurement.milliseconds() * MILLI)) : measured;
    }

    /** What {@code verify} found for it; empty where the folder does not say. */
    Optional<Verification.Arm> check() {
        return check(value(Parameter.MODEL)).or(() -> isSynthetic() ? check(Preset.TINY.label()) : Optional.empty());
    }

    /** Whether its weights write no music: what a precision loses can only be told of a trained model. */
    private boolean isSynthetic() {
        return Preset.named(value(Parameter.MODEL)).filter(preset -> preset != Preset.TINY).isPresent();
    }

    /** Where it was checked, in words that follow what was found; empty where that was with its own model. */
    String checkedOn() {
        return check(value(Parameter.MODEL)).isEmpty() && check().isPresent() ? " on " + Preset.TINY.label() : "";
    }

    private Optional<Verification.Arm> check(String model) {
        return run.checks().stream().filter(check -> check.model().equals(model))
                .filter(check -> check.device().equals(value(Parameter.DEVICE)))
                .filter(check -> check.provider() == null || check.provider().equals(value(Parameter.PROVIDER)))
                .filter(check -> check.threads() == null || check.threads().equals(value(Parameter.THREADS)))
                .filter(check -> isSame(model, check.hash()))
                .flatMap(check -> check.arms().stream())
                .filter(arm -> arm.backend().equals(value(Parameter.BACKEND)) && arm.decoding().equals(value(Parameter.DECODING))
                        && arm.precision().equals(value(Parameter.PRECISION))).findFirst();
    }

    /** Whether a model is the one that was measured, as far as the run says. */
    private boolean isSame(String model, String hash) {
        return run.environment().modelHash(model).map(hash::equals).orElse(true);
    }

    /** Whether its model has the size of the published one. */
    boolean isOfPublishedSize() {
        return PublishedTest.isSize(value(Parameter.MODEL));
    }

    /** Whether nothing is known against its text: what failed the check is not ranked. */
    boolean isSound() {
        return check().map(Verification.Arm::passes).orElse(true);
    }

    /** Whether it computes with the weights as they are. */
    boolean isExact() {
        return value(Parameter.PRECISION).equals(Defaults.PRECISION);
    }

    /** What is known of its exactness, in words. */
    String honesty() {
        return check().map(arm -> {
            if (!arm.passes()) {
                return "FAILED the check against double precision";
            }
            if (isExact()) {
                return (arm.sameText() ? "exact: the same text" : "exact but for rounding: " + arm.difference()) + checkedOn();
            }
            return loss(arm) + ", " + (arm.sameText() ? "the same" : "another") + " text" + checkedOn();
        }).orElse("not verified in this folder");
    }

    private static String loss(Verification.Arm arm) {
        return String.format(Locale.ROOT, "KL %.2e nats, top-1 %.1f %%", arm.divergence(), 100 * arm.agreement());
    }

    /** What a reduced precision loses, in words; empty where nothing is known. */
    String loss() {
        return check().map(arm -> loss(arm) + checkedOn()).orElse("");
    }
}
