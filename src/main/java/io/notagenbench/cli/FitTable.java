package io.notagenbench.cli;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.MemoryFit;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Precision;
import io.notagenbench.params.Preset;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which settings fit the cards that NotaGen's users have, and this machine's memory. */
final class FitTable {

    /** Name of the column for this machine. */
    static final String HERE = "this machine";

    /** Share of a card's memory that driver and display leave free. */
    private static final double USABLE = 0.95;
    private static final long GIB = 1L << 30;
    private static final Device ONE_CARD = new Device(Device.Kind.CUDA, 0);

    private static final List<String> MODELS = Preset.labels();
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

    /**
     * What one setting is predicted to take, and where it fits.
     *
     * @param model          value of {@code -p model=}
     * @param precision      of its weights
     * @param patchLength    context window in patches
     * @param device         one card, or two that share the layers; the bytes are those of the one that takes more
     * @param weightBytes    its weights
     * @param pieceBytes     caches and workspace of each piece that is decoded
     * @param cardBytes      all of it on a card, for one piece
     * @param largestBatches the most pieces that can be decoded together, by card and, last, in this machine's main
     *                       memory; 0 where not even one fits
     */
    record Row(String model, String precision, int patchLength, String device, long weightBytes, long pieceBytes,
            long cardBytes, Map<String, Long> largestBatches) {
    }

    private FitTable() {
    }

    /** The cards of the published test, or one with this much memory. */
    static Map<String, Integer> cards(Integer gibibytes) {
        return gibibytes == null ? CARDS : Map.of("a card", gibibytes);
    }

    /**
     * @param given          values of {@code model}, {@code precision}, {@code patchLength} and {@code device}; what is
     *                       not given has its usual ones, and {@code device} a single card
     * @param cards          GiB of each card by its name
     * @param availableBytes main memory that may be taken
     */
    static List<Row> rows(Map<Parameter, List<String>> given, Map<String, Integer> cards, long availableBytes) {
        List<Row> rows = new ArrayList<>();
        for (String model : given.getOrDefault(Parameter.MODEL, MODELS)) {
            ModelConfig config = ModelSource.config(model);
            for (String precision : given.getOrDefault(Parameter.PRECISION, PRECISIONS)) {
                for (String window : given.getOrDefault(Parameter.PATCH_LENGTH, WINDOWS)) {
                    if (Integer.parseInt(window) <= config.rows()) {
                        for (Device device : devices(given)) {
                            rows.add(row(model, config, Precision.of(precision), Integer.parseInt(window), device,
                                    cards, availableBytes));
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

    private static Row row(String model, ModelConfig config, Precision precision, int window, Device device,
            Map<String, Integer> cards, long availableBytes) {
        Map<String, Long> batches = new LinkedHashMap<>();
        cards.forEach((card, gibibytes) -> batches.put(card,
                MemoryFit.largestBatch(config, precision, window, device, Math.round(USABLE * gibibytes * GIB))));
        batches.put(HERE, MemoryFit.largestBatch(config, precision, window, Device.CPU, availableBytes));
        List<MemoryFit> parts = MemoryFit.parts(config, precision, window, 1, device);
        MemoryFit largest = parts.stream().max(Comparator.comparingLong(MemoryFit::bytes)).orElseThrow();
        return new Row(model, precision.label(), window, device.label(), largest.weights(), largest.caches(),
                largest.bytes(), batches);
    }

    static void write(List<Row> rows, Map<String, Integer> cards, long availableBytes, PrintWriter out) {
        out.println("The largest number of pieces that fit together; 0 if not even one fits."
                + " Predicted from sizes, not yet");
        out.println("compared with a card: weights, caches for each piece, a prefill of the whole window of one, and "
                + Bytes.words(MemoryFit.CUDA_ENGINE_BYTES) + " for");
        out.println("CUDA itself; 95 % of a card is counted, and the " + Bytes.words(availableBytes)
                + " that are available on this machine.");
        out.println("Not every engine has every precision.");
        boolean split = rows.stream().anyMatch(row -> Device.of(row.device()).isSplit());
        if (split) {
            out.println("Where two cards share the layers, weights, a piece and a card are those of the one"
                    + " that takes more.");
        }
        out.println();
        TextTable table = new TextTable().text("model").text("precision").numbers("patchLength");
        if (split) {
            table.text("device");
        }
        table.numbers("weights", "a piece", "on a card");
        cards.forEach((card, gibibytes) -> table.numbers(card + " " + gibibytes + "G"));
        table.numbers(HERE);
        rows.forEach(row -> table.row(cells(row, split)));
        table.print(out);
        out.flush();
    }

    private static List<String> cells(Row row, boolean split) {
        List<String> cells = new ArrayList<>(List.of(row.model(), row.precision(), String.valueOf(row.patchLength())));
        if (split) {
            cells.add(row.device());
        }
        cells.addAll(List.of(Bytes.words(row.weightBytes()), Bytes.words(row.pieceBytes()),
                Bytes.words(row.cardBytes())));
        row.largestBatches().values().forEach(batch -> cells.add(String.valueOf(batch)));
        return cells;
    }
}
