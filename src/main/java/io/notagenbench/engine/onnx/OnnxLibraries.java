package io.notagenbench.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import io.notagenbench.device.BundledLibrary;
import io.notagenbench.device.LibraryFolder;
import io.notagenbench.engine.Device;
import io.notagenbench.fault.Fault;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * ONNX Runtime's own libraries. By itself it unpacks them into the temporary folder again for each process, 30 MB and 600
 * MB for a card, and leaves them there when the process is killed.
 */
final class OnnxLibraries {

    private static final String PATH = "onnxruntime.native.path";
    private static final List<String> EVERYWHERE = List.of("onnxruntime", "onnxruntime4j_jni", "onnxruntime_providers_shared");
    private static final List<String> ON_CARDS = List.of("onnxruntime_providers_cuda", "onnxruntime_providers_tensorrt");

    /** Kinds of devices whose libraries are ready. */
    private static final Set<Device.Kind> READY = EnumSet.noneOf(Device.Kind.class);

    private OnnxLibraries() {
    }

    /**
     * Makes them ready, before ONNX Runtime starts; those for cards may follow when it has started. A folder that the
     * person has named is left alone.
     */
    static synchronized void prepare(Device device) {
        if (READY.contains(device.kind()) || System.getProperty(PATH) != null && READY.isEmpty()) {
            return;
        }
        List<BundledLibrary> libraries = Stream.concat(EVERYWHERE.stream(),
                device.kind() == Device.Kind.CUDA ? ON_CARDS.stream() : Stream.empty())
                .map(OnnxLibraries::resource).map(BundledLibrary::find).flatMap(Optional::stream).toList();
        if (libraries.isEmpty()) {
            throw Fault.failed("ONNX Runtime " + version() + " has no library for " + System.getProperty("os.name") + " on "
                    + System.getProperty("os.arch") + ": choose backend=pytorch.");
        }
        System.setProperty(PATH, LibraryFolder.inCache().holding("ONNX Runtime",
                "onnxruntime-" + version() + "-" + libraries.get(0).version(), libraries).toString());
        READY.add(device.kind());
    }

    /** Where they are, or would be. */
    static Path folder() {
        String path = System.getProperty(PATH);
        return path == null ? LibraryFolder.inCache().place() : Path.of(path);
    }

    /** Of its jar: {@code 1.29.0}. */
    static String version() {
        return OrtEnvironment.class.getPackage().getImplementationVersion();
    }

    /** Where its jar has a library for this machine. */
    private static String resource(String library) {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        String system = name.startsWith("mac") ? "osx" : name.startsWith("win") ? "win" : "linux";
        return "/ai/onnxruntime/native/" + system + "-" + (arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch) + "/"
                + System.mapLibraryName(library);
    }
}
