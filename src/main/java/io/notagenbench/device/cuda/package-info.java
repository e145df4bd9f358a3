/**
 * NVIDIA's devices. {@link io.notagenbench.device.cuda.CudaPresence} finds out from files alone whether CUDA can run
 * here, {@link io.notagenbench.device.cuda.CudaLease} takes a device for the life of a model, {@link
 * io.notagenbench.device.cuda.Nvml} reads its clocks, memory and processes.
 *
 * <p>Only the process that measures may load or call the driver. The process that starts it only looks for files, so
 * that it takes no memory on the card.
 */
package io.notagenbench.device.cuda;
