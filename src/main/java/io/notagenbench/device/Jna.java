package io.notagenbench.device;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import io.notagenbench.fault.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * JNA, through which the suite and its libraries call the operating system. By itself JNA unpacks its library again for
 * each process, into a folder that it does not check.
 */
public final class Jna {

    private static final String LIBRARY_FOLDER = "jna.boot.library.path";
    private static final String NO_UNPACKING = "jna.nounpack";
    /** Properties that name the folder of JNA's library, and the folder to unpack it into. */
    private static final List<String> PROPERTIES = List.of(LIBRARY_FOLDER, NO_UNPACKING, "jna.tmpdir", "jna.nosys");

    /** Loaded once; a class that did not load never does. */
    private static final class Loaded {

        private static final Optional<Fault> PROBLEM = load();
    }

    private Jna() {
    }

    /**
     * Loads it, if it is not loaded. To be called before anything of JNA or OSHI.
     *
     * @throws Fault (failed) if it does not load, with the folder and the reason
     */
    public static void require() {
        Loaded.PROBLEM.ifPresent(problem -> {
            throw problem;
        });
    }

    /**
     * A function of the C library.
     *
     * @throws Fault              (failed) if JNA does not load
     * @throws UnsatisfiedLinkError if the C library has no such function
     */
    public static Function function(String name) {
        require();
        return Function.getFunction(Platform.C_LIBRARY_NAME, name);
    }

    /**
     * A library of the system, by the first of its names that is found; empty where none is.
     *
     * @throws Fault (failed) if JNA does not load
     */
    public static Optional<NativeLibrary> library(List<String> names) {
        require();
        for (String name : names) {
            try {
                return Optional.of(NativeLibrary.getInstance(name));
            } catch (UnsatisfiedLinkError e) {
                // the next name
            }
        }
        return Optional.empty();
    }

    private static Optional<Fault> load() {
        List<String> given = PROPERTIES.stream().filter(name -> System.getProperty(name) != null).toList();
        try {
            if (given.isEmpty()) {
                unpack();
            }
            Class.forName(Native.class.getName());
            return Optional.empty();
        } catch (Fault e) {
            return Optional.of(e);
        } catch (LinkageError | ClassNotFoundException e) {
            return Optional.of(Fault.failed("JNA, through which the operating system is asked, does not start: " + e.getMessage()
                    + "; " + (given.isEmpty() ? "set XDG_CACHE_HOME to a folder that is not mounted noexec"
                            : "leave out -D" + String.join(" and -D", given)) + ".", e));
        }
    }

    private static void unpack() {
        Optional<BundledLibrary> library = BundledLibrary.find("/com/sun/jna/" + Platform.RESOURCE_PREFIX + "/"
                + System.mapLibraryName("jnidispatch").replace(".dylib", ".jnilib"));
        if (library.isPresent()) {
            Path folder = LibraryFolder.inCache().holding("JNA", "jna-" + library.get().version(), List.of(library.get()));
            // JNA keeps to itself why a library does not load
            System.load(folder.resolve(library.get().fileName()).toString());
            System.setProperty(LIBRARY_FOLDER, folder.toString());
            System.setProperty(NO_UNPACKING, "true");
        }
    }
}
