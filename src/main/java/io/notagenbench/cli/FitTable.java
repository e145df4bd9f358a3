package io.notagenbench.cli;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.MemoryFit;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Precision;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which settings fit the cards that NotaGen's users have, and this machine's memory. */
final class FitTable {

    /** The column of this machine. */
    static final String HERE = "this machine";

    /** What a driver and a display leave of a card. */
    private static final double USABLE = 0.95;
    private static final long GIB = 1L << 30;
    private static final Device ONE_CARD = new Device(Device.Kind.CUDA, 0);

    private static final List<String> MODELS = List.of("tiny", "small", "medium", "large");
    private static final List<String> PRECISIONS = List.of("fp32", "fp16", "int8", "int4");
    private static final List<String> WINDOWS = List.of("64", "1024");

    /** The six cards of the published test, with their memory in GiB. */
    private static final Map<String, Integer> CARDS = new LinkedHashMap<>();

    static {
        CARDS.put("RTX 3070", 8);
        CARDS.put("RTX 3080", 10);
        CARDS.put("RTX 3060", 12);
        CARDS.put("RTX 3090", 24);
        CARDS.put("A100", 40);
        CARDS.put("L40S", 48);
    }

    private FitTable() {
    }

    /** The cards of the published test, or one of so many GiB. */
    static Map<String, Integer> cards(Integer gibibytes) {
        return gibibytes == null ? CARDS : Map.of("a card", gibibytes);
    }

    /**
     * @param given          values of {@code model}, {@code precision}, {@code patchLength} and {@code device}; what is not
     *                       given has its usual ones, and {@code device} a single card
     * @param cards          GiB of each card by its name
     * @param availableBytes main memory that may be taken
     */
    static List<FitRow> rows(Map<Parameter, List<String>> given, Map<String, Integer> cards, long availableBytes) {
        List<FitRow> rows = new ArrayList<>();
        for (String model : given.getOrDefault(Parameter.MODEL, MODELS)) {
            ModelConfig config = ModelSource.config(model);
            for (String precision : given.getOrDefault(Parameter.PRECISION, PRECISIONS)) {
                for (String window : given.getOrDefault(Parameter.PATCH_LENGTH, WINDOWS)) {
                    if (Integer.parseInt(window) <= config.rows()) {
                        for (Device device : devices(given)) {
                            rows.add(row(model, config, Precision.of(precision), Integer.parseInt(window), device, cards,
                                    availableBytes));
                        }
                    }
                }
            }
        }
        return rows;
    }

    /** Cards that hold the model: one, or as many as {@code device} says. */
    private static List<Device> devices(Map<Parameter, List<String>> given) {
        List<String> labels = given.getOrDefault(Parameter.DEVICE, List.of(ONE_CARD.label()));
        return labels.stream().flatMap(label -> Device.each(label).stream())
                .map(device -> new Device(Device.Kind.CUDA, device.indices())).distinct().toList();
    }

    private static FitRow row(String model, ModelConfig config, Precision precision, int window, Device device,
            Map<String, Integer> cards, long availableBytes) {
        Map<String, Long> batches = new LinkedHashMap<>();
        cards.forEach((card, gibibytes) -> batches.put(card,
                MemoryFit.largestBatch(config, precision, window, device, Math.round(USABLE * gibibytes * GIB))));
        batches.put(HERE, MemoryFit.largestBatch(config, precision, window, Device.CPU, availableBytes));
        List<MemoryFit> parts = MemoryFit.parts(config, precision, window, 1, device);
        MemoryFit largest = parts.stream().max(Comparator.comparingLong(MemoryFit::bytes)).orElseThrow();
        return new FitRow(model, precision.label(), window, device.label(), largest.weights(), largest.caches(),
                largest.bytes(), batches);
    }

    static void write(List<FitRow> rows, Map<String, Integer> cards, long availableBytes, PrintWriter out) {
        out.println("The most pieces that can be decoded together; 0 where not even one fits. Predicted from sizes, not yet");
        out.println("compared with a card: weights, caches for each piece, a prefill of the whole window of one, and "
                + Bytes.words(MemoryFit.CUDA_ENGINE_BYTES) + " for");
        out.println("CUDA itself; 95 % of a card is counted, and the " + Bytes.words(availableBytes)
                + " that are available on this machine.");
        out.println("Not every engine has every precision.");
        boolean split = rows.stream().anyMatch(row -> Device.of(row.device()).isSplit());
        if (split) {
            out.println("Where two cards share the layers, weights, a piece and a card are those of the one that takes more.");
        }
        out.println();
        out.printf("%-12s %-9s %11s", "model", "precision", "patchLength");
        out.printf(split ? " %-12s" : "", "device");
        out.printf(" %10s %10s %10s", "weights", "a piece", "on a card");
        cards.forEach((card, gibibytes) -> out.printf(" %12s", card + " " + gibibytes + "G"));
        out.printf(" %13s%n", HERE);
        for (FitRow row : rows) {
            out.printf(Locale.ROOT, "%-12s %-9s %11d", row.model(), row.precision(), row.patchLength());
            out.printf(split ? " %-12s" : "", row.device());
            out.printf(" %10s %10s %10s", Bytes.words(row.weightBytes()), Bytes.words(row.pieceBytes()),
                    Bytes.words(row.cardBytes()));
            row.largestBatches().forEach((place, batch) -> out.printf(place.equals(HERE) ? " %13d" : " %12d", batch));
            out.println();
        }
        out.flush();
    }
}
