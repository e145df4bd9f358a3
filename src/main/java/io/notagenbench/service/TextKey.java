package io.notagenbench.service;

import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.params.Precision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** What a text depends on, as the key of a cache: the model, the build, how it is run, and every setting of the piece. */
final class TextKey {

    /** Another form of {@link Written} or of this key needs another number. */
    private static final String FORM = "1";

    private final String server;
    private final boolean possible;

    /**
     * @param hash   of the weights
     * @param engine name and version
     * @param suite  version and commit
     */
    TextKey(NotaGenModel model, String hash, String engine, String suite, int slots) {
        server = String.join("\n", FORM, suite, engine, hash, model.settings().toString(), String.valueOf(slots));
        // only in fp32 a text does not depend on the pieces that are decoded together with it
        possible = slots == 1 || model.settings().precision() == Precision.FP32;
    }

    /** Whether texts of this server can be kept at all. */
    boolean isPossible() {
        return possible;
    }

    /** Empty for a text that nobody can ask for again, or that is not the same the next time. */
    Optional<String> of(Order order) {
        if (!possible || !order.seeded()) {
            return Optional.empty();
        }
        String piece = String.join("\n", order.piece().sampling().toString(), String.valueOf(order.piece().seed()),
                String.valueOf(order.piece().patchLength()), String.valueOf(order.piece().patches()),
                String.valueOf(order.characters()), order.work(), order.prompt());
        try {
            return Optional.of(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest((server + "\n" + piece).getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
