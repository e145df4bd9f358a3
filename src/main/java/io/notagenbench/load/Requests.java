package io.notagenbench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The requests of a run, as what they ask for and as JSON. A row has pieces of its own, so that none finds texts of the one
 * before in a cache.
 */
final class Requests {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** What a parameter can say, and a little more. */
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final long SEEDS = 1L << 32;

    private final Parameters parameters;
    private final GenerationSettings piece;
    private final List<Integer> lengths;
    private final Popularity popularity;
    private final String model;
    private long next;

    /** @param model its name for the server */
    Requests(LoadSettings settings, Parameters parameters, String model) {
        this.parameters = parameters;
        this.model = model;
        piece = GenerationSettings.of(parameters);
        lengths = settings.lengths();
        popularity = settings.popularity();
        next = parameters.seed();
    }

    /** Those of the next row. A piece has the same length whenever it is asked for. */
    List<Wanted> row(int count) {
        int[] pieces = popularity.pieces(count, next);
        long first = next;
        next = (next + 1 + Arrays.stream(pieces).max().orElseThrow()) % SEEDS;
        List<Wanted> row = new ArrayList<>();
        for (int number : pieces) {
            long seed = (first + number) % SEEDS;
            row.add(new Wanted(seed, lengths.get(new Random(seed).nextInt(lengths.size()))));
        }
        return row;
    }

    /** After which a request is given up; zero = never. */
    Duration limit() {
        return piece.timeLimit().compareTo(LONGEST) > 0 ? Duration.ZERO : piece.timeLimit();
    }

    /** The first lines of every piece. */
    String prompt() {
        return piece.prompt().text();
    }

    /** What the engine makes the piece from. */
    GenerationSettings settings(Wanted wanted) {
        return new GenerationSettings(piece.prompt(), piece.patchLength(), piece.sampling(), wanted.seed(), 0, piece.trace(),
                piece.timeLimit()).endless().budget(wanted.patches());
    }

    String body(Wanted wanted) {
        ObjectNode body = JSON.createObjectNode().put("model", model).put("seed", wanted.seed())
                .put("temperature", parameters.decimal(Parameter.TEMPERATURE)).put("top_p", parameters.decimal(Parameter.TOP_P))
                .put("top_k", parameters.whole(Parameter.TOP_K)).put("patch_length", piece.patchLength())
                .put("patches", wanted.patches()).put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        if (parameters.text(Parameter.WORK).equals(Defaults.WORK)) {
            // its lines, which every server takes; a style is known to this suite alone
            body.put("prompt", prompt().isEmpty() ? piece.prompt().label() : prompt());
        } else {
            body.put("work", parameters.text(Parameter.WORK));
        }
        return body.toString();
    }
}
