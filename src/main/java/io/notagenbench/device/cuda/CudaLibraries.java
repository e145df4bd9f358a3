package io.notagenbench.device.cuda;

import com.sun.jna.NativeLibrary;
import io.notagenbench.device.CacheFolder;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/**
 * The libraries of CUDA 12 that come with a build with {@code -Pcuda}, so that a machine needs nothing but the driver:
 * the runtime and cuRAND from one jar, cuBLAS from PyTorch's. Unpacked once into the cache folder.
 */
public final class CudaLibraries {

    private static final String REDISTRIBUTED = "/org/bytedeco/cuda/linux-x86_64/";
    private static final String RUNTIME = REDISTRIBUTED + "libcudart.so.12";
    private static final String RANDOM = REDISTRIBUTED + "libcurand.so.10";
    private static final String PYTORCH_NATIVES = "native/lib/pytorch.properties";

    private CudaLibraries() {
    }

    /**
     * Puts the runtime where DJL looks for it: without one it counts no devices, and takes the CPU in silence.
     *
     * @throws Fault (failed) if it cannot be unpacked
     */
    public static void forPyTorch() {
        NativeLibrary.addSearchPath("cudart", unpack(RUNTIME, folder()).getParent().toString());
    }

    /**
     * Loads what ONNX Runtime's CUDA provider is linked to, in the order of their needs: it finds what is loaded already
     * by its name.
     *
     * @throws Fault (failed) if a library cannot be unpacked or loaded, with its name
     */
    public static void forOnnxRuntime() {
        for (String resource : List.of(RUNTIME, cublas("libcublasLt"), cublas("libcublas-"), RANDOM)) {
            Path library = unpack(resource, folder());
            try {
                System.load(library.toString());
            } catch (UnsatisfiedLinkError e) {
                throw Fault.failed("The CUDA library " + library.getFileName() + " does not load: " + e.getMessage()
                        + "; choose device=cpu, or delete " + library.getParent() + " to have it unpacked again.", e);
            }
        }
    }

    private static Path folder() {
        return CacheFolder.path().resolve("cuda-12");
    }

    /** The place of a library in PyTorch's jar, which puts a hash into its file name. */
    private static String cublas(String prefix) {
        try {
            for (URL url : Collections.list(CudaLibraries.class.getClassLoader().getResources(PYTORCH_NATIVES))) {
                Properties natives = new Properties();
                try (InputStream in = url.openStream()) {
                    natives.load(in);
                }
                String flavor = natives.getProperty("flavor", "");
                if (flavor.startsWith("cu12")) {
                    return Arrays.stream(natives.getProperty("libraries").split(","))
                            .filter(name -> name.startsWith(prefix)).findFirst()
                            .map(name -> "/pytorch/" + flavor + "/" + natives.getProperty("classifier") + "/" + name)
                            .orElseThrow(() -> missing(prefix));
                }
            }
        } catch (IOException e) {
            throw Fault.failed("The class path cannot be read: " + e.getMessage(), e);
        }
        throw missing(prefix);
    }

    private static Fault missing(String library) {
        return Fault.failed("The CUDA library " + library + " is not on the class path: build with mvn -Pcuda -DskipTests"
                + " package and keep lib/ beside benchmarks.jar, or choose device=cpu.");
    }

    /**
     * Unpacks a library of the class path unless it is there in its size.
     *
     * @return an absolute path
     */
    public static Path unpack(String resource, Path folder) {
        URL url = CudaLibraries.class.getResource(resource);
        if (url == null) {
            throw missing(resource.substring(resource.lastIndexOf('/') + 1));
        }
        Path target = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1)).toAbsolutePath();
        try {
            long size = url.openConnection().getContentLengthLong();
            if (!Files.isRegularFile(target) || Files.size(target) != size) {
                write(url, target);
            }
            return target;
        } catch (IOException e) {
            throw Fault.failed("The CUDA library " + target.getFileName() + " cannot be unpacked into " + folder + ": "
                    + e.getMessage() + "; set XDG_CACHE_HOME to a folder that can be written to and has 2 GB free.", e);
        }
    }

    /** Writes beside the target and moves, so that another process never loads half a library. */
    private static void write(URL from, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Path part = Files.createTempFile(target.getParent(), "unpacking", ".part");
        try (InputStream in = from.openStream()) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
