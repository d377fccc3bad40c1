// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

interface IParticipantStaking {
    struct StakeInfo {
        uint256 amount;
        uint8 role;
        uint256 lockupUntil;
        bool active;
    }

    function getStake(address participant) external view returns (StakeInfo memory);

    function isActiveParticipant(address participant, uint8 role) external view returns (bool);

    function slash(address participant, uint256 amount, string calldata reason) external;
}
