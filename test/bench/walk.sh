#!/bin/bash
# The same stack as the extension's plan makes, with the AWS CLI, one call after another.
# Needs AWS_ENDPOINT_URL's value as $1 and the image's id as $2; credentials and Region come from the environment.
set -euo pipefail
ec2() { "${AWS_CLI:-/usr/bin/aws}" --endpoint-url "$1" --output text ec2 "${@:2}"; }
e=$1 image=$2 key=$(mktemp)
trap 'rm -f "$key"' EXIT
echo "$PUBLIC_KEY" > "$key"

vpc=$(ec2 "$e" create-vpc --cidr-block 192.168.1.0/24 --query Vpc.VpcId)
subnet=$(ec2 "$e" create-subnet --vpc-id "$vpc" --cidr-block 192.168.1.0/24 --query Subnet.SubnetId)
gateway=$(ec2 "$e" create-internet-gateway --query InternetGateway.InternetGatewayId)
ec2 "$e" attach-internet-gateway --internet-gateway-id "$gateway" --vpc-id "$vpc"
table=$(ec2 "$e" describe-route-tables --filters "Name=vpc-id,Values=$vpc" --query 'RouteTables[0].RouteTableId')
ec2 "$e" create-route --route-table-id "$table" --destination-cidr-block 0.0.0.0/0 --gateway-id "$gateway"
group=$(ec2 "$e" create-security-group --vpc-id "$vpc" --group-name vpc_standalone \
  --description 'standalone in VPC' --query GroupId)
for port in 22 25 80; do
  ec2 "$e" authorize-security-group-ingress --group-id "$group" --protocol tcp --port "$port" --cidr 0.0.0.0/0
done
eni=$(ec2 "$e" create-network-interface --subnet-id "$subnet" --groups "$group" \
  --description 'ENI-01 for standalone' --private-ip-address 192.168.1.100 \
  --query NetworkInterface.NetworkInterfaceId)
ec2 "$e" assign-private-ip-addresses --network-interface-id "$eni" --private-ip-addresses 192.168.1.101
eip1=$(ec2 "$e" allocate-address --domain vpc --query AllocationId)
eip2=$(ec2 "$e" allocate-address --domain vpc --query AllocationId)
ec2 "$e" associate-address --allocation-id "$eip1" --network-interface-id "$eni" \
  --private-ip-address 192.168.1.100 --no-allow-reassociation
ec2 "$e" associate-address --allocation-id "$eip2" --network-interface-id "$eni" \
  --private-ip-address 192.168.1.101 --no-allow-reassociation
ec2 "$e" import-key-pair --key-name standalone --public-key-material "fileb://$key"
ec2 "$e" describe-images --image-ids "$image" --query 'Images[0].ImageId'
ec2 "$e" run-instances --image-id "$image" --key-name standalone --instance-type t3.micro \
  --instance-initiated-shutdown-behavior stop \
  --network-interfaces "DeviceIndex=0,NetworkInterfaceId=$eni" --query 'Instances[0].InstanceId'
ec2 "$e" describe-addresses --query 'Addresses[].[PublicIp,PrivateIpAddress]'
