package io.github.ownproof.core;

record FixedExecutionContext(ExecutionContext context) implements ExecutionContextProvider {}
