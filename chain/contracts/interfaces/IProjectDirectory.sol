// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The part of Project's interface that its fallback answers.
interface IProjectDirectory {
    function projects(
        uint256 projectId
    )
        external
        view
        returns (
            uint256 id,
            string memory name,
            string memory descriptionCid,
            address founder,
            uint8 status,
            uint256 creationTime,
            address projectToken,
            uint256 totalPTsIssued,
            uint256 fundingGoalATN,
            uint256 currentFundingATN,
            uint256 taskRewardBudgetATN,
            string memory matureModelWeightsCid,
            uint256 atnPricePerInference,
            address inferenceFeeRecipient
        );
}
