package io.notagenbench.engine;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Precision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The memory that a model is predicted to take on a device, in bytes.
 *
 * @param weights   the tensors in the form that its kernels read
 * @param caches    keys and values of both levels, for all pieces that are decoded together
 * @param workspace activations of the widest call: a whole context window of one piece, or one row of each
 * @param loading   extra memory while the weights are loaded, free again before anything is computed
 * @param engine    what an engine takes before it has seen a model: context, kernels, their scratch memory
 */
public record MemoryFit(long weights, long caches, long workspace, long loading, long engine) {

    /**
     * Context, loaded kernels and cuBLAS's workspace on a card. This is an assumption: it was not measured on a card,
     * and it differs by card and version.
     */
    public static final long CUDA_ENGINE_BYTES = 600L << 20;

    /**
     * A JVM with its heap and an inference engine with its libraries in main memory, without the model: 160 to 380 MiB
     * in measured processes, with small to large models on both engines. Quantising the weights, once for a checkpoint,
     * took up to 240 MiB more.
     */
    public static final long CPU_ENGINE_BYTES = 384L << 20;

    /**
     * Values of a row that are in memory at once: residual stream, LayerNorm, q, k and v, wide layer before and after
     * GELU.
     */
    private static final int ROW_WIDTH = 1 + 1 + 3 + 4 + 4;

    /**
     * @param config    sizes of the model
     * @param precision of its weights; activations have 2 bytes in bf16 and fp16, else 4, and caches always 4
     * @param window    context window in patches
     * @param batch     pieces decoded together, each with caches of its own; one at a time is prefilled
     * @param kind      where
     */
    public static MemoryFit of(ModelConfig config, Precision precision, int window, int batch, Device.Kind kind) {
        return of(ModelPart.whole(config), precision, window, batch, kind, BackendProvider.all());
    }

    /** Predicts for one backend, not for the one that takes more. */
    public static MemoryFit of(ModelConfig config, String backend, Precision precision, int window, int batch, Device.Kind kind) {
        return of(ModelPart.whole(config), precision, window, batch, kind, List.of(BackendProvider.of(backend)));
    }

    /**
     * What a benchmark with these parameters is predicted to take, on all its devices together where they are
     * processors; empty for one without a model.
     *
     * @param params value by name
     * @param models sizes of a model by its name
     */
    public static Optional<MemoryFit> of(Map<String, String> params, Function<String, ModelConfig> models) {
        if (!params.containsKey(Parameter.MODEL.label())) {
            return Optional.empty();
        }
        List<Device> devices = Device.each(value(params, Parameter.DEVICE));
        Device.Kind kind = devices.get(0).kind();
        int window = Math.max(size(params, Parameter.PATCH_LENGTH), size(params, Parameter.CONTEXT));
        MemoryFit one = of(models.apply(params.get(Parameter.MODEL.label())), value(params, Parameter.BACKEND),
                Precision.of(value(params, Parameter.PRECISION)), Math.max(1, window), Math.max(1, size(params, Parameter.BATCH)), kind);
        return Optional.of(kind == Device.Kind.CPU ? one.times(devices.size()) : one);
    }

    private static String value(Map<String, String> params, Parameter parameter) {
        return params.getOrDefault(parameter.label(), parameter.defaultValue());
    }

    private static int size(Map<String, String> params, Parameter parameter) {
        return Integer.parseInt(params.getOrDefault(parameter.label(), "0"));
    }

    /** Predicts for each part of a device, in the order of {@link Device#parts}. */
    public static List<MemoryFit> parts(ModelConfig config, Precision precision, int window, int batch, Device device) {
        return ModelPart.of(config, device).stream().map(part -> of(part, precision, window, batch, device.kind(), BackendProvider.all()))
                .toList();
    }

    private static MemoryFit of(ModelPart part, Precision precision, int window, int batch, Device.Kind kind,
            List<BackendProvider> backends) {
        ModelConfig config = part.model();
        long value = precision.valueBytes();
        long hidden = config.hidden();
        long positions = (long) part.patchLayers() * window + (long) part.charLayers() * ModelConfig.PATCH_SIZE;
        long caches = 2 * positions * hidden * Float.BYTES * batch;
        // softmax(q k^T) of all heads, where no fused kernel spares it
        long scores = (long) config.heads() * window * window;
        long workspace = (Math.max(window, batch) * ROW_WIDTH * hidden + scores) * value;
        long weights = weightBytes(part, precision, kind, backends);
        if (kind == Device.Kind.CUDA) {
            return new MemoryFit(weights, caches, workspace, 0, CUDA_ENGINE_BYTES);
        }
        long loading = backends.stream().mapToLong(backend -> backend.loadingBytes(part, precision)).max().orElseThrow();
        return new MemoryFit(weights, caches, workspace, loading, CPU_ENGINE_BYTES);
    }

    /** Together with another part of the model on the same device: the parts run one after the other, in one engine. */
    MemoryFit besides(MemoryFit other) {
        return new MemoryFit(weights + other.weights, caches + other.caches, Math.max(workspace, other.workspace),
                Math.max(loading, other.loading), Math.max(engine, other.engine));
    }

    /** Returns the fit of {@code models} models in the same memory and the same engine. */
    public MemoryFit times(int models) {
        return new MemoryFit(models * weights, models * caches, models * workspace, loading, engine);
    }

    /** The peak. */
    public long bytes() {
        return weights + engine + Math.max(loading, caches + workspace);
    }

    /**
     * The most pieces that can be decoded together; 0 where not even one fits.
     *
     * @param device parts that are in one place share its memory
     * @param memory bytes that may be taken, of each device where several share the layers
     */
    public static long largestBatch(ModelConfig config, Precision precision, int window, Device device, long memory) {
        long row = (long) ROW_WIDTH * config.hidden() * precision.valueBytes();
        Device places = device.indices().stream().distinct().count() == 1 ? device.parts().get(0) : device;
        return parts(config, precision, window, 1, places).stream()
                .mapToLong(one -> one.largestBatch(window, row, memory)).min().orElseThrow();
    }

    private long largestBatch(int window, long row, long memory) {
        long free = memory < weights + engine + loading ? 0 : Math.max(0, memory - weights - engine - workspace);
        long pieces = free / caches;
        // beyond the window every piece more is one row more, too
        return pieces <= window ? pieces : (free + window * row) / (caches + row);
    }

    /**
     * The weights alone, of the backend that takes more, among those that round them if one does; the head is kept in
     * addition to the embedding that it is tied to.
     */
    public static long weightBytes(ModelConfig config, Precision precision, Device.Kind kind) {
        return weightBytes(ModelPart.whole(config), precision, kind, BackendProvider.all());
    }

    private static long weightBytes(ModelPart part, Precision precision, Device.Kind kind, List<BackendProvider> backends) {
        List<WeightFormat> formats = backends.stream().map(backend -> WeightFormat.of(backend, precision, kind)).toList();
        boolean rounded = formats.stream().anyMatch(format -> format.schemes().isPresent());
        return formats.stream().filter(format -> format.schemes().isPresent() == rounded).mapToLong(format -> format.bytes(part)).max()
                .orElseThrow();
    }
}
