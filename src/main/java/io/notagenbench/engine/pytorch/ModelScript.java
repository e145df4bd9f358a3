package io.notagenbench.engine.pytorch;

import io.notagenbench.device.Processor;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The source of the TorchScript class: the model, and the kernels for a decoding. */
final class ModelScript {

    private ModelScript() {
    }

    static String source(EngineSettings settings) {
        return source(settings.decoding(), settings.precision(), settings.device().kind());
    }

    /** The script for a kind of device; that for cards runs on the CPU, too. */
    static String source(Decoding decoding, Precision precision, Device.Kind kind) {
        boolean original = decoding == Decoding.RECOMPUTE;
        boolean packed = kind == Device.Kind.CPU && hasOneDnn();
        String linear = kind == Device.Kind.CUDA ? linearOfCards(precision) : linear(precision, packed);
        return resource("notagen.py") + resource(original && precision == Precision.FP16 ? "values-fp16.py" : "values-fp32.py")
                + (original ? resource("linear-original.py") : linear)
                + resource(!original && packed ? "head-onednn.py" : "head-plain.py")
                + (original ? resource("attention-original.py") : resource("attention-fused.py") + resource("batch.py"))
                + (decoding == Decoding.FUSED ? resource(kind == Device.Kind.CUDA ? "decode-patch-card.py" : "decode-patch.py")
                        : "");
    }

    private static String linearOfCards(Precision precision) {
        return switch (precision) {
            case FP32, TF32 -> resource("linear-plain.py");
            case BF16, FP16 -> resource("linear-half.py") + resource("half-" + precision.label() + ".py");
            case INT8 -> resource("matrices.py") + resource("linear-int8-card.py");
            case INT4 -> resource("matrices.py") + resource("linear-int4-card.py");
            case MIXED -> throw new IllegalArgumentException("PyTorch has no kernels of both levels for " + precision);
        };
    }

    /** @param packed whether oneDNN packs the weights: on x86 processors */
    private static String linear(Precision precision, boolean packed) {
        return switch (precision) {
            case BF16 -> resource("linear-onednn-bf16.py");
            case INT8 -> resource("matrices.py") + resource("linear-int8.py")
                    + resource(Processor.hasInt8DotProduct() ? "range-full.py" : "range-reduced.py");
            case INT4 -> resource("matrices.py") + resource(hasOneInt4Kernel() ? "linear-int4-card.py" : "linear-int4.py");
            default -> resource(packed ? "linear-onednn.py" : "linear-plain.py");
        };
    }

    /** Up to PyTorch 2.5, which builds for cards have, processors and cards have the kernel of int4 under one name. */
    static boolean hasOneInt4Kernel() {
        return PyTorchBackend.version().startsWith("2.5.");
    }

    /** PyTorch is built with oneDNN for x86, and not for Apple's processors. */
    static boolean hasOneDnn() {
        String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return architecture.equals("amd64") || architecture.equals("x86_64");
    }

    /** Returns the text of a script of this package. */
    static String resource(String name) {
        try (InputStream in = ModelScript.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
