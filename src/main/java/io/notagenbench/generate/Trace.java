package io.notagenbench.generate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.abc.PatchCodec;
import io.notagenbench.abc.Prompt;
import io.notagenbench.abc.PromptLines;
import io.notagenbench.abc.StylePrompt;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.NamedPath;
import io.notagenbench.fault.Outcome;
import io.notagenbench.params.Recordings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A recorded real piece that fixes the work of a run: every arm computes and samples as usual, but the next character
 * is the recorded one. So all arms do the same work on realistic text with realistic EOS positions, also with synthetic
 * weights.
 *
 * @param name   how {@code -p work=} names it
 * @param prompt the prompt of the piece; a run on this trace uses it
 * @param stream ids of all patches as they were decoded: each ends with its EOS or is full; the end patch is the
 *               last, if the piece ended by itself
 * @param uniforms what its characters are drawn with
 * @param source who published and encoded it; empty where a model wrote it
 */
public record Trace(String name, Prompt prompt, int[] stream, Uniforms uniforms, String source) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LARGEST_FILE = 16L << 20;
    private static final int MOST_DRAWS = 1 << 24;

    /**
     * The file's form: the text of each patch, its EOS written as the character with code 2. A prompt that is
     * not a period, composer and instrumentation is stored line by line, so that a trace needs no other file. A
     * piece that a model wrote has the seed and the draws of its numbers. A score has the numbers themselves,
     * those of a patch in one string.
     */
    private record Document(
            @JsonProperty(required = true) String prompt,
            @JsonInclude(JsonInclude.Include.NON_NULL) String[] lines,
            @JsonInclude(JsonInclude.Include.NON_NULL) String source,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long seed,
            @JsonInclude(JsonInclude.Include.NON_NULL) int[] draws,
            @JsonInclude(JsonInclude.Include.NON_NULL) Uniforms.Fit fit,
            @JsonInclude(JsonInclude.Include.NON_NULL) List<String> uniforms,
            @JsonProperty(required = true) List<String> patches) {
    }

    /**
     * @param nameOrPath one of {@link Recordings#NAMES}, or the path of a file that {@code generate --trace} wrote
     * @throws Fault if there is no such trace, or the file is not one
     */
    public static Trace load(String nameOrPath) {
        return Recordings.NAMES.contains(nameOrPath) ? shipped(nameOrPath) : fromFile(NamedPath.of(nameOrPath));
    }

    private static Trace shipped(String name) {
        try (InputStream in = Trace.class.getResourceAsStream("traces/" + name + ".json")) {
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw Fault.failed("trace " + name + " cannot be read from the jar: " + e.getMessage(), e);
        }
    }

    private static Trace fromFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw Fault.usage("there is no trace '" + file + "': choose one of " + String.join(", ", Recordings.NAMES)
                    + " or record one with: java -jar benchmarks.jar generate --trace FILE");
        }
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(Prompt.FILE_ENDING)) {
            throw Fault.usage("'" + file + "' is a score, not a trace: make a trace of it with: java -jar"
                    + " benchmarks.jar trace '" + file + "' -o FILE");
        }
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw Fault.usage("trace " + file + " is larger than 16 MiB: a trace is smaller");
            }
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw Fault.usage("trace " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Trace parse(String name, String json) {
        Document document;
        try {
            document = JSON.readValue(json, Document.class);
        } catch (JsonProcessingException e) {
            throw Fault.usage("trace " + name + " is not a trace: " + e.getOriginalMessage(), e);
        }
        if (document.prompt() == null || document.lines() != null && Arrays.asList(document.lines()).contains(null)) {
            throw Fault.usage("trace " + name + " is not a trace: its prompt is null");
        }
        List<Integer> stream = new ArrayList<>();
        for (String patch : document.patches()) {
            int eos = patch.indexOf(ModelConfig.EOS);
            boolean whole = eos < 0 ? patch.length() == ModelConfig.PATCH_SIZE
                    : eos == patch.length() - 1 && patch.length() <= ModelConfig.PATCH_SIZE;
            if (!whole || patch.chars().anyMatch(id -> id >= ModelConfig.VOCABULARY)) {
                throw Fault.usage("trace " + name + " is not a trace: a patch is neither " + ModelConfig.PATCH_SIZE
                        + " ASCII characters nor fewer with an EOS at the end");
            }
            patch.chars().forEach(stream::add);
        }
        if (stream.isEmpty()) {
            throw Fault.usage("trace " + name + " is not a trace: it holds no patch");
        }
        return new Trace(name, prompt(name, document), stream.stream().mapToInt(Integer::intValue).toArray(),
                uniforms(name, document), document.source() == null ? "" : document.source());
    }

    private static Uniforms uniforms(String name, Document document) {
        if (document.fit() != null && document.uniforms() != null
                && document.uniforms().size() == document.patches().size()) {
            List<Double> numbers = new ArrayList<>();
            for (int i = 0; i < document.patches().size(); i++) {
                String[] words = String.valueOf(document.uniforms().get(i)).split(" ");
                if (words.length != document.patches().get(i).length()) {
                    throw strangeUniforms(name);
                }
                Arrays.stream(words).forEach(word -> numbers.add(number(name, word)));
            }
            return new Uniforms.Fitted(numbers.stream().mapToDouble(Double::doubleValue).toArray(), document.fit());
        }
        if (document.fit() != null || document.uniforms() != null || document.seed() == null || document.draws() == null
                || document.draws().length != document.patches().size()
                || Arrays.stream(document.draws())
                        .anyMatch(draw -> draw < -ModelConfig.PATCH_SIZE || draw > MOST_DRAWS)) {
            throw strangeUniforms(name);
        }
        return new Uniforms.Drawn(document.seed(), document.draws());
    }

    private static double number(String name, String word) {
        try {
            double number = Double.parseDouble(word);
            if (number >= 0 && number < 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw strangeUniforms(name);
        }
        throw strangeUniforms(name);
    }

    private static Fault strangeUniforms(String name) {
        return Fault.usage("trace " + name + " is not a trace: its draws do not belong to its patches");
    }

    private static Prompt prompt(String name, Document document) {
        try {
            return document.lines() == null ? StylePrompt.parse(document.prompt())
                    : new PromptLines(document.prompt(), Arrays.asList(document.lines()));
        } catch (Fault e) {
            throw Fault.usage("trace " + name + " is not a trace: " + e.getMessage(), e);
        }
    }

    /** Returns the recorded patches, each up to and with its EOS. */
    public List<int[]> patches() {
        List<int[]> patches = new ArrayList<>();
        int start = 0;
        for (int end = 1; end <= stream.length; end++) {
            if (end == stream.length || stream[end - 1] == ModelConfig.EOS || end - start == ModelConfig.PATCH_SIZE) {
                int[] patch = new int[end - start];
                System.arraycopy(stream, start, patch, 0, patch.length);
                patches.add(patch);
                start = end;
            }
        }
        return patches;
    }

    /** Returns the whole text, with its prompt. */
    public String text() {
        StringBuilder text = new StringBuilder(prompt.text());
        List<int[]> patches = patches();
        patches.subList(0, patches.size() - (ended() ? 1 : 0))
                .forEach(ids -> text.append(PatchCodec.decode(ids, 0, ids.length)));
        return text.toString();
    }

    /**
     * @param piece that was written with this trace
     * @throws Fault (failed) that begins with {@code WRONG_OUTPUT} if it is another text, whatever a budget left of it
     */
    public void requireText(Piece piece) {
        requireText(piece.raw(), piece.ended());
    }

    /**
     * @param raw   the text with its prompt that was written with this trace
     * @param whole whether it has ended
     * @throws Fault (failed) that begins with {@code WRONG_OUTPUT} if it is another text, whatever is not written yet
     */
    public void requireText(String raw, boolean whole) {
        String text = text();
        boolean same = ended() && whole ? raw.equals(text) : text.startsWith(raw) || !ended() && raw.startsWith(text);
        if (!same) {
            throw Fault.failed(Outcome.WRONG_OUTPUT, "the text that was written is not that of the trace " + name);
        }
    }

    /** Whether the last patch is the end patch, so the piece was not stopped. */
    public boolean ended() {
        int end = stream.length - 2;
        return end >= 0 && stream[end] == ModelConfig.BOS && stream[end + 1] == ModelConfig.EOS;
    }

    /** Returns the JSON that {@link #load} reads. */
    public String toJson() {
        List<String> texts = patches().stream().map(ids -> new String(ids, 0, ids.length)).toList();
        Document document = new Document(prompt.label(),
                prompt instanceof PromptLines ? prompt.lines().toArray(new String[0]) : null,
                source.isEmpty() ? null : source,
                uniforms instanceof Uniforms.Drawn drawn ? drawn.seed() : null,
                uniforms instanceof Uniforms.Drawn drawn ? drawn.draws() : null,
                uniforms instanceof Uniforms.Fitted fitted ? fitted.fit() : null,
                uniforms instanceof Uniforms.Fitted fitted ? words(fitted.numbers()) : null, texts);
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a trace is always JSON", e);
        }
    }

    private List<String> words(double[] numbers) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int[] patch : patches()) {
            words.add(Arrays.stream(numbers, start, start + patch.length).mapToObj(Double::toString)
                    .collect(Collectors.joining(" ")));
            start += patch.length;
        }
        return words;
    }
}
