package dev.thalweg.core.route;

import java.util.HashMap;
import java.util.Map;

/** What a process knows of its deployments and groups, by their names, whatever configuration is in force. Thread-safe. */
public final class RouteStates {
    private final Map<String, DeploymentState> deployments = new HashMap<>();
    private final Map<String, GroupState> groups = new HashMap<>();

    /** That of the deployment with this id. */
    public synchronized DeploymentState deployment(String id) {
        return deployments.computeIfAbsent(id, unseen -> new DeploymentState());
    }

    /** That of the group with this name. */
    public synchronized GroupState group(String name) {
        return groups.computeIfAbsent(name, unseen -> new GroupState());
    }
}
