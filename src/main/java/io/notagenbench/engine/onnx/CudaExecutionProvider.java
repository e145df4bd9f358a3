package io.notagenbench.engine.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.notagenbench.engine.Device;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** ONNX Runtime's CUDA provider. */
final class CudaExecutionProvider {

    private static final Pattern FAILURE = Pattern.compile("CUDA failure \\d+: [^;]+?(?= *;|$)|lib[\\w.-]+: cannot open[^\\n]*");

    private CudaExecutionProvider() {
    }

    /**
     * Makes a session run on a device and nowhere else: its creation fails if a node has no kernel there. Arithmetic is fp32;
     * the provider's default is TF32.
     *
     * @throws Fault (failed) that begins with {@code DEVICE_FALLBACK} if the provider does not start
     */
    static void add(OrtSession.SessionOptions options, int device) throws OrtException {
        options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device)) {
            cuda.add("use_tf32", "0");
            // where it is installed, some kernels would be others
            cuda.add("enable_cudnn", "0");
            // else each growth takes as much again as is needed
            cuda.add("arena_extend_strategy", "kSameAsRequested");
            options.addCUDA(cuda);
        } catch (OrtException e) {
            throw refusal(device, e.getMessage(), e);
        }
    }

    /**
     * The fault of a call that failed: {@code OOM_DEVICE} where the card has no memory left. ONNX Runtime uses the
     * same words for main memory.
     */
    static Fault fault(Device device, OrtException failure, String sentence) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        boolean memory = message.contains("failed to allocate memory") || message.contains("out of memory");
        return device.kind() == Device.Kind.CUDA && memory ? Fault.failed(Outcome.OOM_DEVICE, sentence, failure)
                : Fault.failed(sentence, failure);
    }

    /** The provider's message without its source lines. */
    static Fault refusal(int device, String message, OrtException cause) {
        return Fault.failed(Outcome.DEVICE_FALLBACK, "ONNX Runtime was asked for device=" + new Device(Device.Kind.CUDA, device).label()
                + " and its CUDA provider does not start: " + reason(message) + "; see what nvidia-smi says (driver 525 or newer is needed), or choose device=cpu.", cause);
    }

    /** The failure within a message of several lines. */
    static String reason(String message) {
        Matcher failure = FAILURE.matcher(message);
        return failure.find() ? failure.group() : message.lines().findFirst().orElse("");
    }
}
