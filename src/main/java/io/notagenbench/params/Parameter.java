package io.notagenbench.params;

import io.notagenbench.fault.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The registry of parameters. Each has one name, one meaning and one spelling: in {@code -p name=value} of JMH and of
 * every command, in fields annotated with {@code @Param}, and in results.
 */
public enum Parameter {

    MODEL("model", Defaults.MODEL, new Domain.Text("\\S.*",
            String.join(", ", Preset.labels()) + " or the path of a checkpoint file"),
            "tiny is the embedded trained checkpoint; small, medium and large have NotaGen's sizes and synthetic"
                    + " weights; or your own checkpoint"),
    BACKEND("backend", Defaults.BACKEND, Domain.Choice.of(Backend.values(), Backend::name),
            "inference engine"),
    DEVICE("device", Defaults.DEVICE, new Domain.Text("(cpu(\\+cpu)?)(/cpu(\\+cpu)?){0,15}"
            + "|cuda(:\\d{1,2})?(\\+cuda(:\\d{1,2})?)?(/cuda(:\\d{1,2})?(\\+cuda(:\\d{1,2})?)?){0,15}",
            "cpu, cuda or cuda:1, two that share the layers of a model as cuda:0+cuda:1, or several with a model each"
                    + " for a queue of pieces as cuda:0/cuda:1"),
            "where weights and caches are; if it is missing, the run fails and uses no other"),
    PROVIDER("provider", Defaults.PROVIDER, Domain.Choice.of(ExecutionProvider.values(), ExecutionProvider::label),
            "what runs ONNX Runtime's graphs on cards: its own kernels, or TensorRT"),
    CACHES("caches", Defaults.CACHES, Domain.Choice.of(CachePlacement.values(), CachePlacement::label),
            "where keys and values are between two calls; host is main memory, for ONNX Runtime on cards"),
    PRECISION("precision", Defaults.PRECISION, Domain.Choice.of(Precision.values(), Precision::label),
            "number format of the weights"),
    DECODING("decoding", Defaults.DECODING, Domain.Choice.of(Decoding.values(), Decoding::label),
            "recompute is what the original does; cached keeps keys and values on both levels; fused is cached with a whole"
                    + " patch and its sampling in one call of the engine; speculative is cached"
                    + " with drafts of the next characters that one pass verifies"),
    PATCH_LENGTH("patchLength", Defaults.PATCH_LENGTH, new Domain.Whole(8, 65_536),
            "context window in patches, at most the position rows of the model"),
    CONTEXT("context", Defaults.CONTEXT, new Domain.Whole(1, 65_536),
            "patches already in the context of a single stage"),
    TEMPERATURE("temperature", Defaults.TEMPERATURE, new Domain.Decimal("0", false, "100"),
            "power 1/T on the probabilities left by top-k and top-p"),
    TOP_K("topK", Defaults.TOP_K, new Domain.Whole(0, 128),
            "keeps the k most probable characters; 0 keeps all"),
    TOP_P("topP", Defaults.TOP_P, new Domain.Decimal("0", true, "1"),
            "keeps the most probable characters up to this sum; 0 and 1 keep all"),
    SEED("seed", Defaults.SEED, new Domain.Whole(0, 4_294_967_295L),
            "seed of the random numbers"),
    PROMPT("prompt", Defaults.PROMPT,
            new Domain.Text("none|[^,]+\\.(?i:abc)|[^/,]+/[^/,]+/[^/,]+",
                    "period/composer/instrumentation with _ for the comma of a name, as in Romantic/Alkan_Charles-Valentin/Keyboard,"
                            + " none, or the path of an .abc file"),
            "what a piece begins with: period/composer/instrumentation, for which the command prompts lists what NotaGen knows,"
                    + " and the surname is enough where it is unambiguous; none, for pretrained weights; or the first lines of a"
                    + " piece of your own, in a file"),
    WORK("work", Defaults.WORK, new Domain.Text("[^\\s,][^,]*",
            Defaults.WORK + ", " + String.join(", ", Recordings.NAMES) + " or the path of a trace"),
            "natural lets the model decide the text; a trace makes every arm write the same recorded piece"),
    PATCHES("patches", Defaults.PATCHES, new Domain.Whole(0, 1_000_000),
            "budget of patches of a piece; 0 writes until it ends; a bar that is cut off is left out of the"
                    + " final ABC and of the counted bars"),
    TIME_LIMIT("timeLimit", Defaults.TIME_LIMIT, new Domain.Decimal("0", true, "31536000"),
            "seconds that a piece may take; one that takes longer ends as TIMEOUT, with what is written so far; 0 is no limit"),
    THREADS("threads", Defaults.THREADS, new Domain.Whole(0, 1_024),
            "CPU threads of one model call; 0 is one for each physical core"),
    BATCH("batch", Defaults.BATCH, new Domain.Whole(1, 1_024),
            "pieces that are decoded together"),
    PIECES("pieces", Defaults.PIECES, new Domain.Whole(1, 100_000),
            "pieces of a queue, with the seeds seed, seed + 1, ..."),
    BUFFER("buffer", Defaults.BUFFER, new Domain.Whole(1, 1_048_576),
            "MiB that RooflineBenchmark reads: several times the caches of the processor; on a card sixteen times as many, but at"
                    + " most an eighth of its memory");

    private final String label;
    private final String defaultValue;
    private final Domain domain;
    private final String help;

    Parameter(String label, String defaultValue, Domain domain, String help) {
        this.label = label;
        this.defaultValue = defaultValue;
        this.domain = domain;
        this.help = help;
    }

    /** The name in {@code -p name=value}. */
    public String label() {
        return label;
    }

    public String defaultValue() {
        return defaultValue;
    }

    /** Its meaning, as part of a sentence for help texts. */
    public String help() {
        return help;
    }

    /** The allowed values in words. */
    public String allowed() {
        return domain.words();
    }

    /** The parameter of this exact name. */
    public static Optional<Parameter> named(String label) {
        return Arrays.stream(values()).filter(parameter -> parameter.label.equals(label)).findFirst();
    }

    /**
     * The parameter of this exact name.
     *
     * @throws Fault (usage) if it is unknown; the sentence has the nearest known name and all names
     */
    public static Parameter of(String label) {
        return named(label).orElseThrow(() -> unknown(label));
    }

    private static Fault unknown(String label) {
        List<String> labels = Arrays.stream(values()).map(Parameter::label).toList();
        return Fault.usage("There is no parameter " + label + "." + Spelling.hint(label, labels) + " Parameters: "
                + String.join(", ", labels) + ".");
    }

    /**
     * Checks one value.
     *
     * @throws Fault (usage) if it is not allowed; the sentence lists the allowed values
     */
    public void check(String value) {
        check(List.of(value));
    }

    /**
     * Checks the values of a list.
     *
     * @throws Fault (usage) if one is not allowed; the sentence lists the allowed values
     */
    public void check(List<String> values) {
        for (String value : values) {
            if (!domain.holds(value)) {
                throw Fault.usage(label + "=" + value + " is not possible: allowed is " + domain.words() + "."
                        + domain.hint(values));
            }
        }
    }

    /** What somebody who gave this list may have meant: a sentence, or an empty text. */
    String hint(List<String> values) {
        return domain.hint(values);
    }
}
