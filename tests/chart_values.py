"""The values of the two Helm charts that docs/features.md speaks of, by their names with blanks between.

Sections with a single subject are named as a whole.
"""

from __future__ import annotations

COMMUNITY = """
replicaCount image initImages strategy imagePullSecrets nameOverride fullnameOverride revisionHistoryLimit
serviceAccount deploymentAnnotations podAnnotations extraPodLabels podSecurityContext securityContext service log
telemetry backendStore.databaseMigration backendStore.databaseConnectionCheck backendStore.defaultSqlitePath
backendStore.postgres backendStore.mysql backendStore.mssql backendStore.existingDatabaseSecret postgresql mysql
artifactRoot.proxiedArtifactStorage artifactRoot.defaultArtifactRoot artifactRoot.defaultArtifactsDestination
artifactRoot.azureBlob artifactRoot.s3 artifactRoot.gcs flaskServerSecretKey auth ldapAuth autoscaling extraArgs
extraFlags extraEnvVars extraSecretNamesForEnvFrom ingress corsAllowedOrigins serverAllowedHosts serverHost resources
serviceMonitor nodeSelector tolerations affinity priorityClassName extraDeploy initContainers extraContainers
extraVolumes extraVolumeMounts livenessProbe readinessProbe oauth2Proxy oidcAuth minio
"""

OFFICIAL = """
image imagePullSecrets fullnameOverride replicaCount deploymentStrategy server.value_options server.flag_options
server.staticPrefix probes garbageCollection service ingress mlflow.backendStoreUri mlflow.backendStoreUriFrom
mlflow.registryStoreUri mlflow.registryStoreUriFrom mlflow.defaultArtifactRoot mlflow.artifactsDestination env envFrom
extraVolumes extraVolumeMounts extraInitContainers extraContainers tls externalSecrets networkPolicy metrics
serviceMonitor podSecurityContext securityContext serviceAccount namespace_rbac cluster_rbac storage resources
podAnnotations podLabels nodeSelector tolerations affinity
"""
