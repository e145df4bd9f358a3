package io.notagenbench.generate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.abc.FirstLines;
import io.notagenbench.abc.Prompt;
import io.notagenbench.abc.StylePrompt;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.NamedPath;
import io.notagenbench.params.Recordings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A recorded real piece that fixes the work of a run: every arm computes and samples as usual, but the next character
 * is the recorded one. So all arms do the same work on realistic text with realistic EOS positions, also with synthetic
 * weights.
 *
 * @param name   how {@code -p work=} names it
 * @param prompt the prompt of the piece; a run on this trace uses it
 * @param stream ids of all patches as they were decoded: each ends with its EOS or is full; the end patch is the last, if the
 *               piece ended by itself
 * @param seed   of the random numbers that the piece was drawn with
 * @param draws  for each patch, which uniform number of the seed its first id was drawn with; the others follow
 */
public record Trace(String name, Prompt prompt, int[] stream, long seed, int[] draws) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LARGEST_FILE = 16L << 20;
    private static final int MOST_DRAWS = 1 << 24;

    /**
     * The file's form: the text of each patch, its EOS written as the character with code 2. A prompt that is
     * not a period, composer and instrumentation is stored line by line, so that a trace needs no other file.
     */
    private record Document(
            @JsonProperty(required = true) String prompt,
            @JsonInclude(JsonInclude.Include.NON_NULL) String[] lines,
            @JsonProperty(required = true) long seed,
            @JsonProperty(required = true) int[] draws,
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
        if (document.draws().length != document.patches().size()
                || Arrays.stream(document.draws()).anyMatch(draw -> draw < -ModelConfig.PATCH_SIZE || draw > MOST_DRAWS)) {
            throw Fault.usage("trace " + name + " is not a trace: its draws do not belong to its patches");
        }
        return new Trace(name, prompt(name, document),
                stream.stream().mapToInt(Integer::intValue).toArray(), document.seed(), document.draws());
    }

    private static Prompt prompt(String name, Document document) {
        try {
            return document.lines() == null ? StylePrompt.parse(document.prompt())
                    : new FirstLines(document.prompt(), Arrays.asList(document.lines()));
        } catch (Fault e) {
            throw Fault.usage("trace " + name + " is not a trace: " + e.getMessage(), e);
        }
    }

    /** The recorded patches, each up to and with its EOS. */
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

    /** Whether its last patch is the end patch: the piece was not stopped. */
    public boolean ended() {
        int end = stream.length - 2;
        return end >= 0 && stream[end] == ModelConfig.BOS && stream[end + 1] == ModelConfig.EOS;
    }

    /** The form that {@link #load} reads. */
    public String toJson() {
        List<String> texts = patches().stream().map(ids -> new String(ids, 0, ids.length)).toList();
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(new Document(prompt.label(),
                    prompt instanceof FirstLines ? prompt.lines().toArray(new String[0]) : null, seed, draws, texts)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a trace is always JSON", e);
        }
    }
}
