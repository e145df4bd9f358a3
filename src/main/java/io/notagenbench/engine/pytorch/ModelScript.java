package io.notagenbench.engine.pytorch;

import io.notagenbench.engine.Decoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The source of the TorchScript class: the model, and the kernels for a decoding. */
final class ModelScript {

    private ModelScript() {
    }

    static String source(Decoding decoding) {
        return resource("notagen.py") + resource(kernels(decoding));
    }

    private static String kernels(Decoding decoding) {
        if (decoding == Decoding.RECOMPUTE) {
            return "kernels-original.py";
        }
        return hasOneDnn() ? "kernels-onednn.py" : "kernels-plain.py";
    }

    /** PyTorch is built with oneDNN for x86, and not for Apple's processors. */
    private static boolean hasOneDnn() {
        String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return architecture.equals("amd64") || architecture.equals("x86_64");
    }

    private static String resource(String name) {
        try (InputStream in = ModelScript.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
