/**
 * The machine: processors and their limits ({@link io.notagenbench.device.Cores}, {@code ControlGroups}), main memory
 * ({@link io.notagenbench.device.ResidentMemory}), folders that may be written to ({@link
 * io.notagenbench.device.CacheFolder}) and native libraries from the class path ({@code LibraryFolder}). {@link
 * io.notagenbench.device.HostFacts} describes the host for the environment of a run.
 *
 * <p>It uses only {@code fault}, and has nothing to do with models, parameters or results.
 */
package io.notagenbench.device;
