package io.notagenbench.device.cuda;

import com.sun.jna.NativeLibrary;
import io.notagenbench.device.BundledLibrary;
import io.notagenbench.device.Jna;
import io.notagenbench.device.LibraryFolder;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The libraries of CUDA 12 that come with a build with {@code -Pcuda}, so that a machine needs nothing but the driver:
 * the runtime and cuRAND from one jar, cuBLAS from PyTorch's. Unpacked once into the cache folder.
 *
 * <p>All engines of a process use this one runtime. PyTorch's own is older and lacks functions that ONNX Runtime calls;
 * ONNX Runtime would get it wherever PyTorch came first, since both have the same name inside.
 */
public final class CudaLibraries {

    private static final String REDISTRIBUTED = "/org/bytedeco/cuda/linux-x86_64/";
    private static final String RUNTIME = REDISTRIBUTED + "libcudart.so.12";
    /** JNA looks for this name in the folder first, and for another version on the system before any other name. */
    private static final String RUNTIME_FILE = "libcudart.so";
    private static final String RANDOM = REDISTRIBUTED + "libcurand.so.10";
    private static final String PYTORCH_NATIVES = "native/lib/pytorch.properties";

    /** Kept, since JNA closes what nobody refers to. */
    private static NativeLibrary runtime;

    private CudaLibraries() {
    }

    /**
     * Loads the runtime for the whole process, so that PyTorch's libraries find its functions before those of their own,
     * and puts it where DJL looks for it: without one it counts no devices, and takes the CPU in silence.
     *
     * @throws Fault (failed) if it cannot be unpacked or loaded
     */
    public static synchronized void forPyTorch() {
        Jna.require();
        if (runtime == null) {
            Path folder = unpacked(List.of(library(RUNTIME)));
            NativeLibrary.addSearchPath("cudart", folder.toString());
            try {
                // JNA shows the names of a library to all others
                runtime = NativeLibrary.getInstance(folder.resolve(RUNTIME_FILE).toString());
            } catch (UnsatisfiedLinkError e) {
                throw unloadable(RUNTIME_FILE, folder, e);
            }
        }
    }

    /**
     * Loads what ONNX Runtime's CUDA provider is linked to, in the order of their needs: it finds what is loaded
     * already by its name.
     *
     * @throws Fault (failed) if a library cannot be unpacked or loaded, with its name
     */
    public static void forOnnxRuntime() {
        List<BundledLibrary> libraries = Stream.of(RUNTIME, cublas("libcublasLt"), cublas("libcublas-"), RANDOM)
                .map(CudaLibraries::library).toList();
        Path folder = unpacked(libraries);
        for (BundledLibrary library : libraries) {
            try {
                System.load(folder.resolve(library.fileName()).toString());
            } catch (UnsatisfiedLinkError e) {
                throw unloadable(library.fileName(), folder, e);
            }
        }
    }

    private static Fault unloadable(String library, Path folder, UnsatisfiedLinkError e) {
        return Fault.failed("The CUDA library " + library + " does not load: " + e.getMessage() + "; choose device=cpu, or delete "
                + folder + " to have it unpacked again.", e);
    }

    /** The folder that holds them. */
    private static Path unpacked(List<BundledLibrary> libraries) {
        return LibraryFolder.inCache().holding("CUDA", "cuda-12", libraries);
    }

    static BundledLibrary library(String resource) {
        String name = name(resource);
        return BundledLibrary.find(resource, resource.equals(RUNTIME) ? RUNTIME_FILE : name).orElseThrow(() -> missing(name));
    }

    private static String name(String resource) {
        return resource.substring(resource.lastIndexOf('/') + 1);
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
}
