package io.notagenbench.cli;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.device.CacheFolder;
import io.notagenbench.device.HostFacts;
import io.notagenbench.device.LibraryFolder;
import io.notagenbench.device.ScratchFolder;
import io.notagenbench.device.cuda.CudaPresence;
import io.notagenbench.device.cuda.TensorRtPresence;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.MemoryFit;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Precision;
import io.notagenbench.params.Preset;
import io.notagenbench.sweep.JmhLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.openjdk.jmh.util.Version;

/** Examines the machine: facts, engines really started, models against memory, profiler, folders. */
final class Examination {

    /** Bytes that PyTorch's libraries take when they are unpacked, with room to spare. */
    private static final long FOLDER_BYTES = 1L << 30;

    /** Bytes that the libraries of a build with {@code -Pcuda} take when they are unpacked, ONNX Runtime's included. */
    private static final long CUDA_FOLDER_BYTES = 6L << 30;

    private static final String TEMPORARY = "temporary";

    /** What is missing or broken. A set, because engines and the host may fail for the same reason. */
    private final Set<String> problems = new LinkedHashSet<>();

    private Examination() {
    }

    /**
     * @param parameters device, precision and threads of the engines; a model of one's own is weighed beside the
     *                   presets
     */
    static Diagnosis of(Parameters parameters) {
        return new Examination().examine(parameters);
    }

    private Diagnosis examine(Parameters parameters) {
        HostFacts host = part(HostFacts::collect, HostFacts::ofJava);
        List<BackendProvider> providers = BackendProvider.all();
        List<Diagnosis.EngineCheck> engines = providers.stream()
                .map(provider -> EngineProbe.check(provider, parameters, () -> ModelSource.open(ModelSource.TINY))).toList();
        List<Diagnosis.ModelFit> models = models(parameters).stream().map(model -> fit(model, host)).toList();
        Diagnosis.ProfilerCheck profiler = ProfilerProbe.check();
        CudaPresence cuda = part(CudaPresence::look, CudaPresence::withoutLibrary);
        TensorRtPresence tensorRt = part(TensorRtPresence::look, TensorRtPresence::unknown);
        List<Diagnosis.Folder> folders = folders(providers);
        engines.stream().filter(engine -> !engine.runs())
                .forEach(engine -> problems.add(engine.backend() + ": " + engine.problem()));
        modelProblems(host, models);
        if (profiler.problem() != null) {
            problems.add(profiler.problem());
        }
        folderProblems(cuda, folders);
        lockProblem();
        gpuProblem(host, cuda);
        return new Diagnosis(SuiteVersion.suite(), Version.getPlainVersion(), host, cuda, tensorRt, engines, models, profiler, folders,
                List.copyOf(problems));
    }

    /** A part of the examination, or a replacement if it fails, so that the other parts are still shown. */
    private <T> T part(Supplier<T> examined, Supplier<T> instead) {
        try {
            return examined.get();
        } catch (Fault e) {
            problems.add(e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            problems.add("A part of this page is missing: " + e + ".");
        }
        return instead.get();
    }

    private static List<String> models(Parameters parameters) {
        List<String> models = new ArrayList<>(Preset.labels());
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

    private List<Diagnosis.Folder> folders(List<BackendProvider> providers) {
        List<Diagnosis.Folder> folders = new ArrayList<>();
        part(() -> Optional.of(CacheFolder.path()), Optional::<Path>empty).ifPresent(path -> folders.add(folder("cache", path)));
        providers.forEach(provider -> part(provider::libraries, Optional::<Path>empty)
                .ifPresent(path -> folders.add(folder(provider.name(), path))));
        Optional<String> problem = ScratchFolder.problem();
        problem.ifPresent(problems::add);
        folders.add(problem.isEmpty() ? folder(TEMPORARY, ScratchFolder.path())
                : new Diagnosis.Folder(TEMPORARY, ScratchFolder.path().toString(), null));
        return folders;
    }

    private static Diagnosis.Folder folder(String purpose, Path path) {
        Path existing = path.toAbsolutePath();
        while (existing.getParent() != null && !existing.toFile().exists()) {
            existing = existing.getParent();
        }
        return new Diagnosis.Folder(purpose, path.toString(), existing.toFile().getUsableSpace());
    }

    /** Without its lock file JMH measures nothing; an unusable temporary folder is reported already. */
    private void lockProblem() {
        if (ScratchFolder.problem().isEmpty()) {
            part(() -> {
                JmhLock.ofJmh(problems::add).requireUsable();
                return true;
            }, () -> false);
        }
    }

    private void modelProblems(HostFacts host, List<Diagnosis.ModelFit> models) {
        models.stream().filter(fit -> !fit.fits()).forEach(fit -> problems.add("model=" + fit.model()
                + " needs about " + Bytes.words(fit.neededBytes()) + " of memory and "
                + Bytes.words(host.availableBytes())
                + " are available: end other programs, or choose a smaller model."));
    }

    private void folderProblems(CudaPresence cuda, List<Diagnosis.Folder> folders) {
        problems.addAll(LibraryFolder.inCache().passedOver());
        long needed = cuda.inBuild() ? CUDA_FOLDER_BYTES : FOLDER_BYTES;
        folders.stream().filter(folder -> !folder.purpose().equals(TEMPORARY) && folder.freeBytes() < needed)
                .forEach(folder -> problems.add("The disk of "
                + folder.path() + " has " + Bytes.words(folder.freeBytes()) + " free, and the engines unpack up to "
                + Bytes.words(needed) + ": make room, or set XDG_CACHE_HOME and DJL_CACHE_DIR to another disk."));
    }

    private void gpuProblem(HostFacts host, CudaPresence cuda) {
        boolean nvidia = host.gpus().stream().anyMatch(gpu -> gpu.toLowerCase(Locale.ROOT).contains("nvidia"));
        if (nvidia || host.nvidiaDriver() != null) {
            cuda.missing("An NVIDIA card is here, and device=cuda").ifPresent(problems::add);
        }
    }
}
