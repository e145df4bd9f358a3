package io.notagenbench.cli;

import ai.djl.util.Utils;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.device.CacheFolder;
import io.notagenbench.device.HostFacts;
import io.notagenbench.device.cuda.CudaPresence;
import io.notagenbench.device.cuda.TensorRtPresence;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.MemoryFit;
import io.notagenbench.engine.Precision;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.openjdk.jmh.util.Version;

/** Examines the machine: facts, engines really started, models against memory, profiler, folders. */
final class Examination {

    private static final List<String> PRESETS = List.of("tiny", "small", "medium", "large");

    /** PyTorch's libraries unpacked, with room to spare. */
    private static final long FOLDER_BYTES = 1L << 30;

    /** The same with CUDA's and ONNX Runtime's. */
    private static final long CUDA_FOLDER_BYTES = 6L << 30;

    private Examination() {
    }

    /**
     * @param parameters device, precision and threads of the engines; a model of one's own is weighed beside the
     *                   presets
     */
    static Diagnosis of(Parameters parameters) {
        HostFacts host = HostFacts.collect();
        List<Diagnosis.EngineCheck> engines = ServiceLoader.load(BackendProvider.class).stream()
                .map(provider -> EngineProbe.check(provider.get(), parameters, () -> ModelSource.open("tiny")))
                .toList();
        List<Diagnosis.ModelFit> models = models(parameters).stream().map(model -> fit(model, host)).toList();
        Diagnosis.ProfilerCheck profiler = ProfilerProbe.check();
        List<Diagnosis.Folder> folders = List.of(folder("cache", CacheFolder.path()),
                folder("DJL cache", Utils.getCacheDir()));
        CudaPresence cuda = CudaPresence.look();
        return new Diagnosis(SuiteVersion.suite(), Version.getPlainVersion(), host, cuda, TensorRtPresence.look(), engines, models,
                profiler, folders, problems(host, cuda, engines, models, profiler, folders));
    }

    private static List<String> models(Parameters parameters) {
        List<String> models = new ArrayList<>(PRESETS);
        String own = parameters.text(Parameter.MODEL);
        if (!models.contains(own)) {
            models.add(own);
        }
        return models;
    }

    private static Diagnosis.ModelFit fit(String model, HostFacts host) {
        ModelConfig config = ModelSource.config(model);
        int window = Math.min(config.rows(), Integer.parseInt(Defaults.PATCH_LENGTH));
        MemoryFit fit = MemoryFit.of(config, Precision.FP32, window, 1, Device.Kind.CPU);
        return new Diagnosis.ModelFit(model, config.parameters() * Float.BYTES, fit.bytes(), fit.bytes() <= host.availableBytes());
    }

    private static Diagnosis.Folder folder(String purpose, Path path) {
        Path existing = path.toAbsolutePath();
        while (existing.getParent() != null && !existing.toFile().exists()) {
            existing = existing.getParent();
        }
        return new Diagnosis.Folder(purpose, path.toString(), existing.toFile().getUsableSpace());
    }

    private static List<String> problems(HostFacts host, CudaPresence cuda, List<Diagnosis.EngineCheck> engines,
            List<Diagnosis.ModelFit> models, Diagnosis.ProfilerCheck profiler, List<Diagnosis.Folder> folders) {
        List<String> problems = new ArrayList<>();
        engines.stream().filter(engine -> !engine.runs())
                .forEach(engine -> problems.add(engine.backend() + ": " + engine.problem()));
        models.stream().filter(fit -> !fit.fits()).forEach(fit -> problems.add("model=" + fit.model()
                + " needs about " + Bytes.words(fit.neededBytes()) + " of memory and "
                + Bytes.words(host.availableBytes())
                + " are available: end other programs, or choose a smaller model."));
        if (profiler.problem() != null) {
            problems.add(profiler.problem());
        }
        long needed = cuda.inBuild() ? CUDA_FOLDER_BYTES : FOLDER_BYTES;
        folders.stream().filter(folder -> folder.freeBytes() < needed)
                .forEach(folder -> problems.add("The disk of "
                + folder.path() + " has " + Bytes.words(folder.freeBytes()) + " free, and the engines unpack up to "
                + Bytes.words(needed) + ": make room, or set XDG_CACHE_HOME and DJL_CACHE_DIR to another disk."));
        gpuProblem(host, cuda, problems);
        return problems;
    }

    private static void gpuProblem(HostFacts host, CudaPresence cuda, List<String> problems) {
        boolean nvidia = host.gpus().stream().anyMatch(gpu -> gpu.toLowerCase(Locale.ROOT).contains("nvidia"));
        if (nvidia || host.nvidiaDriver() != null) {
            cuda.missing("An NVIDIA card is here, and device=cuda").ifPresent(problems::add);
        }
    }
}
