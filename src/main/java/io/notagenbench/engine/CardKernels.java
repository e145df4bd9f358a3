package io.notagenbench.engine;

import io.notagenbench.device.cuda.ComputeCapability;
import io.notagenbench.device.cuda.CudaDevice;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Precision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The cards that an engine has kernels for. Machine code runs on cards with the same major number and the same or a
 * newer minor one. On other cards the first operator fails, or silently computes something else.
 *
 * @param machineCode compute capabilities that the engine was compiled for, ascending
 * @param from        the oldest card that computes a precision; what is not named runs on all of them
 * @param source      where these numbers are from
 */
public record CardKernels(List<ComputeCapability> machineCode, Map<Precision, ComputeCapability> from, String source) {

    public CardKernels {
        machineCode = List.copyOf(machineCode);
        from = Map.copyOf(from);
    }

    /** @param machineCode as NVIDIA writes them, {@code 8.6} */
    public static CardKernels of(List<String> machineCode, Map<Precision, String> from, String source) {
        return new CardKernels(machineCode.stream().map(ComputeCapability::of).toList(), from.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> ComputeCapability.of(entry.getValue()))), source);
    }

    /** Whether a card computes in a precision. */
    boolean run(ComputeCapability card, Precision precision) {
        return runAtAll(card) && card.compareTo(from.getOrDefault(precision, card)) >= 0;
    }

    private boolean runAtAll(ComputeCapability card) {
        return machineCode.stream().anyMatch(compiled -> compiled.runsOn(card));
    }

    /**
     * Refuses a card on which the settings would fail or compute something else.
     *
     * @throws Fault (usage) that begins with {@code SKIPPED}
     */
    static void require(EngineSettings settings, CudaDevice card) {
        BackendProvider.of(settings.backend()).cardKernels().flatMap(kernels -> kernels.refusal(settings, card)).ifPresent(reason -> {
            throw Fault.usage("SKIPPED: " + reason);
        });
    }

    Optional<String> refusal(EngineSettings settings, CudaDevice card) {
        if (run(card.capability(), settings.precision())) {
            return Optional.empty();
        }
        String which = "device=" + settings.device().label() + " is " + card.name() + " with compute capability " + card.capability();
        String others = BackendProvider.all().stream()
                .filter(other -> other.cardKernels().filter(kernels -> kernels.run(card.capability(), Precision.FP32)).isPresent())
                .map(other -> "backend=" + other.name() + ", ").collect(Collectors.joining());
        return Optional.of(runAtAll(card.capability())
                ? which + ", and precision=" + settings.precision().label() + " on backend=" + settings.backend() + " needs "
                        + from.get(settings.precision()) + " or newer: choose precision=fp32 or another card."
                : which + ", and backend=" + settings.backend() + " has kernels for " + codes() + " only: choose " + others
                        + "another card or device=cpu.");
    }

    private String codes() {
        return machineCode.stream().map(ComputeCapability::toString).collect(Collectors.joining(", "));
    }

    /** The table for a person: {@code compute capability 5.0, 6.0; int8 from 7.5}. */
    public String words() {
        return "compute capability " + codes() + from.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(entry -> "; " + entry.getKey().label() + " from " + entry.getValue()).collect(Collectors.joining());
    }
}
